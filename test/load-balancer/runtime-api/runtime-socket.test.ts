import {mkdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {connect, createServer, type Socket} from 'node:net';
import path from 'node:path';
import {execa} from 'execa';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {openRuntimeSocket, type RuntimeSocket} from '../../../src/load-balancer/runtime-api/runtime-socket.ts';
import {temporaryFolder} from '../../support/lab.ts';
import {until} from '../../support/until.ts';

const long = `${'x'.repeat(64 * 1024 - 1)}\n`;

let folder: ReturnType<typeof temporaryFolder>;
let api: RuntimeSocket | undefined;
let answered: number;
const clients: Socket[] = [];
beforeEach(() => {
	folder = temporaryFolder();
	answered = 0;
});
afterEach(() => {
	for (const client of clients.splice(0)) client.destroy();
	api?.close();
	api?.close();
	api = undefined;
	folder.close();
});

const file = () => path.join(folder.path, 'api', 'stats.sock');
const open = async (at = file()) => {
	api = await openRuntimeSocket(at, words => {
		answered++;
		return words[0] === 'long' ? long : `${words.join(' ')}\n`;
	});
};

/** A client that writes at once, and what has come for it; `over` when the other side has ended. */
const dial = (text: string, {pause = false} = {}) => {
	const seen = {text: '', over: false};
	const socket = connect(file(), () => socket.write(text));
	clients.push(socket);
	if (pause) socket.pause();
	else
		socket.on('data', chunk => {
			seen.text += chunk;
		});
	socket.on('error', () => {});
	socket.on('close', () => {
		seen.over = true;
	});
	return {socket, seen};
};
const over = async (text: string) => {
	const {seen} = dial(text);
	await until(() => seen.over, {what: 'the socket is closed'});
	return seen.text;
};

test('only its user can open it, in a folder of their own', async () => {
	await open();
	expect(statSync(file()).mode & 0o777).toBe(0o600);
	expect(statSync(path.dirname(file())).mode & 0o777).toBe(0o700);
});

test('it is gone when it is closed', async () => {
	await open();
	api!.close();
	expect(statSync(file(), {throwIfNoEntry: false})).toBeUndefined();
});

test('a file in its place is left alone, and named', async () => {
	mkdirSync(path.dirname(file()), {mode: 0o700});
	writeFileSync(file(), 'precious');
	await expect(open()).rejects.toThrow(/stats\.sock: there is a file that is no socket/);
	expect(readFileSync(file(), 'utf8')).toBe('precious');
});

test('a socket that another program answers is left alone, also when that one came later', async () => {
	await open();
	const first = api!;
	await expect(open()).rejects.toThrow(/another program listens there/);
	expect(await over('a\n')).toBe('a\n\n');
	const {promises: fs} = await import('node:fs');
	await fs.rm(file());
	const other = createServer().listen(file());
	await until(() => statSync(file(), {throwIfNoEntry: false}) !== undefined, {what: 'the other socket'});
	first.close();
	expect(statSync(file()).isSocket()).toBe(true);
	other.close();
});

test('one that was left by a killed program is replaced', async () => {
	mkdirSync(path.dirname(file()), {mode: 0o700});
	const program = `require('net').createServer().listen(${JSON.stringify(file())}, () => process.kill(process.pid, 'SIGKILL'))`;
	await execa(process.execPath, ['-e', program], {reject: false});
	expect(statSync(file()).isSocket()).toBe(true);
	await open();
	expect(await over('a\n')).toBe('a\n\n');
});

test('a folder where others could replace it is refused', async () => {
	const {promises: fs} = await import('node:fs');
	await fs.mkdir(path.dirname(file()));
	await fs.chmod(path.dirname(file()), 0o777);
	await expect(open()).rejects.toThrow(/is not a folder of this user's/);
});

test('a path that is too long is refused with a sentence', async () => {
	await expect(open(path.join(folder.path, 'x'.repeat(120)))).rejects.toThrow(
		/longer than \d+ bytes; choose a shorter one/,
	);
});

test('one line is answered, and the connection closed; a prompt keeps it', async () => {
	await open();
	expect(await over('a b;c\n')).toBe('a b\n\nc\n\n');
	const {socket, seen} = dial('prompt\n');
	await until(() => seen.text === '\n> ', {what: 'the prompt'});
	socket.write('a\n');
	await until(() => seen.text === '\n> a\n\n> ', {what: () => `an answer: ${seen.text}`});
	socket.write('quit\n');
	await until(() => seen.over, {what: 'goodbye'});
});

test('a line without end is cut off, and the next client is served', async () => {
	await open();
	expect(await over('x'.repeat(1 << 20))).toBe('');
	expect(await over('a\n')).toBe('a\n\n');
});

test('who asks for much and reads nothing gets no more than a bound of it, and the rest when they read', async () => {
	await open();
	const asked = 200;
	const {socket, seen} = dial(`${Array.from({length: asked}, () => 'long').join(';')}\n`, {pause: true});
	await until(() => answered > 0, {what: 'the first answer'});
	let before = -1;
	await until(
		() => {
			const isStill = before === answered;
			before = answered;
			return isStill;
		},
		{what: 'it answers no further'},
	);
	expect(answered).toBeLessThan(30);
	expect(await over('a\n')).toBe('a\n\n');
	let bytes = 0;
	socket.on('data', chunk => {
		bytes += chunk.length;
	});
	socket.resume();
	await until(() => seen.over, {what: 'all is read'});
	expect(bytes).toBe(asked * (64 * 1024 + 1));
});

test('who says nothing in time is sent away', async () => {
	await open();
	const {seen} = dial('prompt\nset timeout cli 200ms\n');
	await until(() => seen.over, {what: 'the time-out'});
	expect(seen.text).toBe('\n> \n> ');
});

test('more connections than it takes are closed, and served again when others leave', async () => {
	await open();
	const many = Array.from({length: 40}, () => dial('prompt\n'));
	const held = () => many.filter(({seen}) => !seen.over && seen.text !== '').length;
	await until(() => many.filter(({seen}) => seen.over).length === 8 && held() === 32, {
		what: () => `32 held: ${held()}`,
	});
	for (const {socket} of many) socket.destroy();
	await until(async () => (await over('a\n')) === 'a\n\n', {what: 'a new client is served'});
});
