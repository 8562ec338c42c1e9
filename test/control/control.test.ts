import {spawnSync} from 'node:child_process';
import {mkdirSync, readdirSync, statSync, writeFileSync} from 'node:fs';
import {connect, createServer} from 'node:net';
import path from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {ask} from '../../src/control/control-client.ts';
import {type ControlServer, openControl} from '../../src/control/control-server.ts';
import type {ControlRequest} from '../../src/control/protocol.ts';
import {removeStaleSockets, socketFolder} from '../../src/control/socket-path.ts';
import {temporaryFolder} from '../support/lab.ts';

let folder: ReturnType<typeof temporaryFolder>;
let control: ControlServer | undefined;
const heard: ControlRequest[] = [];
beforeEach(() => {
	folder = temporaryFolder();
	heard.length = 0;
});
afterEach(() => {
	control?.close();
	control?.close();
	folder.close();
});
const open = async () => {
	control = await openControl(path.join(folder.path, 'control', '1.sock'), request => {
		heard.push(request);
		return {ok: true, echo: 'done'};
	});
	return control.path;
};

/** Sends raw text and gives everything that comes back until the socket ends. */
const raw = (file: string, text: string): Promise<string> =>
	new Promise(resolve => {
		let answer = '';
		const socket = connect(file, () => socket.end(text));
		socket.on('data', chunk => {
			answer += chunk;
		});
		socket.on('error', () => {});
		socket.on('close', () => resolve(answer));
	});

test('only its user can open it', async () => {
	const file = await open();
	expect(statSync(file).mode & 0o777).toBe(0o600);
	expect(statSync(path.dirname(file)).mode & 0o777).toBe(0o700);
});

test('a folder that others may enter is refused', async () => {
	mkdirSync(path.join(folder.path, 'control'), {mode: 0o755});
	await expect(open()).rejects.toThrow(/not a folder of this user's alone/);
});

test('what labs and balancers that were killed left is removed, what is in use and what is not ours stays', async () => {
	const runtime = process.env.XDG_RUNTIME_DIR;
	process.env.XDG_RUNTIME_DIR = folder.path;
	try {
		mkdirSync(socketFolder(), {mode: 0o700});
		const dead = spawnSync(process.execPath, ['--version']).pid;
		const running = [`${process.pid}.sock`, `${process.pid}-stats.sock`, 'notes.txt'];
		for (const name of [...running, `${dead}.sock`, `${dead}-stats.sock`, `${dead + 1_000_000}-stats.sock`])
			writeFileSync(path.join(socketFolder(), name), '');
		removeStaleSockets();
		expect(readdirSync(socketFolder()).sort()).toEqual(running.sort());
	} finally {
		if (runtime === undefined) delete process.env.XDG_RUNTIME_DIR;
		else process.env.XDG_RUNTIME_DIR = runtime;
	}
});

test('a command is answered', async () => {
	const file = await open();
	expect(await ask(file, {type: 'kill', part: 'server-1'})).toEqual({ok: true, echo: 'done'});
	expect(heard).toEqual([{type: 'kill', part: 'server-1'}]);
});

test.each(['\n', 'Unknown command.\n', '42\n', 'null\n', '{}\n'])('what says %j is no lab', async answer => {
	const file = path.join(folder.path, 'other.sock');
	const other = createServer(socket => void socket.on('error', () => {}).end(answer));
	await new Promise<void>(resolve => void other.listen(file, resolve));
	try {
		await expect(ask(file, {type: 'status'})).rejects.toThrow(`control socket ${file}: what listens there is no lab`);
	} finally {
		other.close();
	}
});

test.each([
	['no JSON', 'hello\n', /not a line of JSON/],
	['no command', '{"type":"explode"}\n', /not a command/],
	['a part that is no name', '{"type":"kill","part":7}\n', /not a command.*part/],
	['more than a command', '{"type":"kill","part":"a","also":1}\n', /not a command/],
	['a rate beyond reason', '{"type":"rate","rate":-1}\n', /not a command.*rate/],
])('%s is refused with the reason, and nothing is done', async (_, text, why) => {
	const file = await open();
	const answer = JSON.parse(await raw(file, text));
	expect(answer.ok).toBe(false);
	expect(answer.reason).toMatch(why);
	expect(heard).toEqual([]);
});

test('a line without end is cut off, and the next client is served', async () => {
	const file = await open();
	expect(await raw(file, 'x'.repeat(3 << 20))).toBe('');
	expect((await ask(file, {type: 'status'})).ok).toBe(true);
});

test('several lines in one write are answered one by one, in order', async () => {
	const file = await open();
	const answers = (await raw(file, '{"type":"status"}\nnonsense\n{"type":"status"}\n'))
		.trim()
		.split('\n')
		.map(line => JSON.parse(line).ok);
	expect(answers).toEqual([true, false, true]);
});
