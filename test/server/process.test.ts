import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync, writeFileSync} from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, it} from 'vitest';
import {idsOf, linesOf, openLog} from '../log/log-file-support.ts';
import {bundleProgram} from '../support/bundle.ts';
import {until} from '../support/until.ts';

let program: Awaited<ReturnType<typeof bundleProgram>>;
let log: ReturnType<typeof openLog>;
let children: ChildProcess[] = [];
beforeAll(async () => {
	program = await bundleProgram('src/server/main.ts');
});
afterAll(() => program.close());
beforeEach(() => {
	log = openLog();
});
afterEach(() => {
	for (const child of children) child.kill('SIGKILL');
	children = [];
	log.close();
});

/** `lbtop server` as in a terminal of its own. */
function start(...args: string[]) {
	const child = spawn(process.execPath, [program.file, '--log', log.file, ...args], {
		cwd: log.folder,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	children.push(child);
	let out = '';
	let errors = '';
	child.stdout!.on('data', chunk => {
		out += chunk;
	});
	child.stderr!.on('data', chunk => {
		errors += chunk;
	});
	const exited = once(child, 'close').then(([code, signal]) => ({code, signal, out, errors}));
	const port = () =>
		until(() => Number(/listening on 127\.0\.0\.1:(\d+)\n/.exec(out)?.[1]), {what: () => `listening: ${out}${errors}`});
	return {child, exited, port, out: () => out};
}

describe('lbtop server', () => {
	it('has the faults that it was given from the start', async () => {
		const server = start('--port', '0', '--fault', 'double-ack nth=2', '--fault', 'no-ack kind=number');
		const socket = net.connect(await server.port(), '127.0.0.1');
		let received = '';
		socket.on('data', chunk => {
			received += chunk;
		});
		socket.end('#a x\n#b 7\n');
		await once(socket, 'close');
		expect(received).toBe('#a ACK from Server 1\n');
		const {code, errors} = await start('--port', '0', '--fault', 'kill').exited;
		expect(code).toBe(2);
		expect(errors).toContain("kill is no fault of a server's behaviour");
	});

	it('on SIGTERM answers what it has, says goodbye and exits 0', async () => {
		const server = start('--name', 'Server 7', '--port', '0', '--service-time', '200ms');
		const socket = net.connect(await server.port(), '127.0.0.1');
		let received = '';
		socket.on('data', chunk => {
			received += chunk;
		});
		socket.write('#a x\nPING\n#b x\n');
		await until(() => received !== '');
		server.child.kill('SIGTERM');
		await once(socket, 'close');
		expect(received.split('\n').toSorted()).toEqual(
			['', '#a ACK from Server 7', '#b ACK from Server 7', 'PONG from Server 7 trunk/1'].toSorted(),
		);
		const {code, out, errors} = await server.exited;
		expect({code, errors}).toEqual({code: 0, errors: ''});
		expect(out.split('\n').slice(1)).toEqual(['Server 7 stopped after 2 messages', '']);
		const lines = linesOf(log.file).map(line => line.replace(/ \d{4}-.* - /, ' ').replace(/ \| at=\S+/, ''));
		expect(lines.slice(1)).toEqual([
			'ACK Sent: ACK from Server 7 by=server-7 id=a',
			'ACK Sent: ACK from Server 7 by=server-7 id=b',
			'Server: Server 7 stopped after 2 messages by=server-7',
		]);
	});

	it('has everything it acknowledged in the log when it is killed', async () => {
		const server = start('--port', '0');
		const socket = net.connect(await server.port(), '127.0.0.1');
		let received = '';
		socket.on('data', chunk => {
			received += chunk;
		});
		socket.on('error', () => {});
		let number = 0;
		await until(() => {
			for (let i = 0; i < 200; i++) socket.write(`#m-${++number} x\n`);
			return received.length > 100_000;
		});
		server.child.kill('SIGKILL');
		await server.exited;
		const acked = [...received.matchAll(/^#(m-\d+) ACK from Server 1\n/gm)].map(match => match[1]);
		expect(acked.length).toBeGreaterThan(1000);
		const logged = new Set(idsOf(withoutServerLines()));
		expect(acked.filter(id => !logged.has(id!))).toEqual([]);
	});

	it.each([
		['an unknown option', ['--prot', '1'], 2, /--prot/],
		['a bad name', ['--name', 'a\nb'], 2, /name/],
		['a port that is none', ['--port', 'x'], 2, /--port/],
		[
			'a log that is a folder',
			['--log', '.', '--port', '0'],
			4,
			/log \.: cannot be written \(EISDIR: it is a folder\)/,
		],
		['an address of another machine', ['--host', '192.0.2.1'], 4, /192\.0\.2\.1 is no address of this machine/],
	])('refuses %s in one line', async (_, args, wanted, message) => {
		const {code, errors} = await start(...args).exited;
		expect(code).toBe(wanted);
		expect(errors).toMatch(message);
		expect(errors.split('\n')).toHaveLength(2);
	});

	it('refuses a taken port', async () => {
		const port = await start('--port', '0').port();
		const {code, errors} = await start('--port', String(port)).exited;
		expect(code).toBe(4);
		expect(errors).toContain(`port ${port} on 127.0.0.1 is taken; give another with --port`);
	});
});

/** The log's message lines in a file of their own. */
function withoutServerLines(): string {
	// Its last write may have been cut short: of that line there was no ACK yet.
	const whole = readFileSync(log.file, 'utf8').split('\n').slice(0, -1);
	const lines = whole.filter(line => line.startsWith('ACK Sent'));
	const file = path.join(log.folder, 'messages.txt');
	writeFileSync(file, `${lines.join('\n')}\n`);
	return file;
}
