import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {connect} from 'node:net';
import path from 'node:path';
import {createInterface} from 'node:readline';
import type {Duplex} from 'node:stream';
import {afterEach, beforeEach, expect, it} from 'vitest';
import type {StampedPartEvent} from '../src/domain/event.ts';
import {readFault} from '../src/domain/fault.ts';
import {exchange} from './load-balancer/support/clients.ts';
import {plainEnvironment, temporaryFolder} from './support/lab.ts';
import {until} from './support/until.ts';

const program = path.resolve(import.meta.dirname, '../dist/server.js');
let folder: ReturnType<typeof temporaryFolder>;
let child: ChildProcess;
/** The lab's end of the channel, as bytes: Node's own would read on by itself. */
let channel: Duplex;
beforeEach(() => {
	folder = temporaryFolder();
	child = spawn(process.execPath, [program, '--port', '0'], {
		...{cwd: folder.path, stdio: ['ignore', 'ignore', 'inherit', 'pipe']},
		env: {...plainEnvironment(), NODE_CHANNEL_FD: '3', NODE_CHANNEL_SERIALIZATION_MODE: 'json'},
	});
	channel = child.stdio[3] as Duplex;
});
afterEach(async () => {
	if (child.exitCode === null && child.signalCode === null) {
		child.kill('SIGKILL');
		await once(child, 'exit');
	}
	folder.close();
});

const isRefused = (port: number) =>
	new Promise(resolve => {
		const connection = connect(port, '127.0.0.1', () => connection.destroy());
		connection.on('error', () => resolve(true)).on('close', () => resolve(false));
	});

it('a lab that has not read for long still gets the last counts of a part that ends', async () => {
	const heard: StampedPartEvent[] = [];
	const lines = createInterface({input: channel});
	lines.on('line', line => heard.push(...JSON.parse(line)));
	const listening = await until(() => heard.map(({event}) => event).find(event => event.type === 'listening'));
	channel.pause();
	// Each of these is answered by an event of its own: soon the channel is full, and much waits in the part.
	const fault = readFault('crash 1000000');
	for (let id = 1; id <= 4000; id++) channel.write(`${JSON.stringify({type: 'fault', id, fault})}\n`);
	for (let message = 0; message < 3; message++) await exchange(listening.port, `#a${message} HAI\n`);
	await until(() => channel.writableLength === 0);
	child.kill('SIGTERM');
	await until(() => isRefused(listening.port));
	channel.resume();
	await once(lines, 'close');
	expect(child.exitCode ?? (await once(child, 'exit'))[0]).toBe(0);
	expect(heard.filter(({event}) => event.type === 'fault-began')).toHaveLength(4000);
	const last = heard.filter(({event}) => event.type === 'server-tick').at(-1);
	expect(last?.event).toMatchObject({received: 3});
	expect(heard.at(-1)?.event).toMatchObject({type: 'log-tick'});
});
