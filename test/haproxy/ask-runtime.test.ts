/** The client of the runtime API against servers that misbehave: whatever they do, there is an answer or a sentence. */

import {createServer, type Server, type Socket} from 'node:net';
import path from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {askRuntime} from '../../src/haproxy/ask-runtime.ts';
import {placeText, readPlace} from '../../src/haproxy/runtime-place.ts';
import {temporaryFolder} from '../support/lab.ts';
import {until} from '../support/until.ts';

const open: {close(): void}[] = [];
afterEach(() => {
	for (const each of open.splice(0)) each.close();
});

async function fake(talk: (socket: Socket) => void): Promise<{path: string; connections: () => number}> {
	const folder = temporaryFolder();
	const sockets = new Set<Socket>();
	let connections = 0;
	const server: Server = createServer({allowHalfOpen: true}, socket => {
		connections++;
		sockets.add(socket);
		socket.on('error', () => {}); // the client hangs up on what is too much
		talk(socket);
	});
	const file = path.join(folder.path, 'fake.sock');
	server.listen(file);
	await until(() => server.listening);
	open.push({
		close: () => {
			for (const socket of sockets) socket.destroy();
			server.close();
			folder.close();
		},
	});
	return {path: file, connections: () => connections};
}

const why = (asked: Promise<string>) => asked.then(String, (error: Error) => `! ${error.message}`);

test('one command over one connection, whose end is the end of the answer; pieces come together', async () => {
	const heard: string[] = [];
	const {connections, ...place} = await fake(socket => {
		socket.on('data', chunk => heard.push(String(chunk)));
		socket.on('end', () => {
			const [first, second] = [Buffer.from('é').subarray(0, 1), Buffer.from('é').subarray(1)];
			socket.write(first, () => socket.end(Buffer.concat([second, Buffer.from('\n')])));
		});
	});
	expect(await askRuntime(place, 'show info')).toBe('é\n');
	expect(await askRuntime(place, 'show stat')).toBe('é\n');
	expect([heard, connections()]).toEqual([['show info\n', 'show stat\n'], 2]);
});

test.each<[string, (socket: Socket) => void, string]>([
	['never answers', () => {}, '! no answer within 0.2 s'],
	[
		'drips for ever',
		socket => {
			const timer = setInterval(() => socket.write('x'), 20);
			socket.on('close', () => clearInterval(timer));
		},
		'! no answer within 0.2 s',
	],
	['answers without bound', socket => void socket.write('x'.repeat(5000)), '! its answer is too long'],
	['hangs up', socket => socket.end(), ''],
])('a server that %s', async (_, talk, expected) => {
	const {path: file} = await fake(talk);
	expect(await why(askRuntime({path: file}, 'show info', {waitMs: 200, mostBytes: 4096}))).toBe(expected);
});

test('one that resets, and nobody at all', async () => {
	const server = createServer(socket => socket.resetAndDestroy()).listen(0, '127.0.0.1');
	await until(() => server.listening);
	open.push(server);
	const {port} = server.address() as {port: number};
	expect(await why(askRuntime({host: '127.0.0.1', port}, 'x'))).toMatch(
		/^! connection (reset|refused)|^! its other end/,
	);
	expect(await why(askRuntime({path: '/nowhere/x.sock'}, 'x'))).toBe('! no such file or folder (ENOENT)');
});

test.each([
	['/run/haproxy.sock', {path: '/run/haproxy.sock'}],
	['admin.sock', {path: 'admin.sock'}],
	['/odd/name:9', {path: '/odd/name:9'}],
	['127.0.0.1:9999', {host: '127.0.0.1', port: 9999}],
	['[::1]:9999', {host: '::1', port: 9999}],
])('%s is %j', (text, place) => {
	expect(readPlace(text)).toEqual(place);
	expect(placeText(place)).toBe(text);
});
