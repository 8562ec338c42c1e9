/** A lab's ear: a unix socket that only its user can open, and that takes what the keys can do. */

import {lstatSync, mkdirSync} from 'node:fs';
import {createServer, type Socket} from 'node:net';
import path from 'node:path';
import type {z} from 'zod';
import {issueWords} from '../domain/issue-words.ts';
import {listenPrivately} from '../private-socket.ts';
import {phrase} from '../words/words.ts';
import {type ControlAnswer, type ControlRequest, controlRequestSchema, maxControlLine} from './protocol.ts';
import {removeStaleSockets} from './socket-path.ts';

export type ControlServer = {path: string; close(): void};

const idleMs = 30_000;

/** Opens the socket. Rejects when the folder is not ours alone or the socket cannot be made. */
export async function openControl(
	file: string,
	answer: (request: ControlRequest) => ControlAnswer,
): Promise<ControlServer> {
	if (process.platform !== 'win32') {
		prepareFolder(path.dirname(file));
		removeStaleSockets();
	}
	const sockets = new Set<Socket>();
	const server = createServer(socket => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
		serve(socket, answer);
	});
	server.maxConnections = 32;
	const remove = await listenPrivately(server, file);
	let open = true;
	return {
		path: file,
		close: () => {
			if (!open) return;
			open = false;
			server.close();
			for (const socket of sockets) socket.end();
			remove();
		},
	};
}

function prepareFolder(folder: string) {
	mkdirSync(folder, {recursive: true, mode: 0o700});
	const {uid, mode} = lstatSync(folder);
	const isOurs = lstatSync(folder).isDirectory() && uid === process.getuid?.() && (mode & 0o077) === 0;
	if (!isOurs)
		throw new Error(
			phrase("control socket: {folder} is not a folder of this user's alone; remove it or set XDG_RUNTIME_DIR", {
				folder,
			}),
		);
}

function serve(socket: Socket, answer: (request: ControlRequest) => ControlAnswer) {
	let rest = '';
	socket.setEncoding('utf8');
	socket.setTimeout(idleMs, () => socket.destroy());
	socket.on('error', () => {}); // a client that went away: its command was carried out or never whole
	socket.on('data', (chunk: string) => {
		rest += chunk;
		if (rest.length > maxControlLine) return void socket.destroy();
		const lines = rest.split('\n');
		rest = lines.pop()!;
		for (const line of lines) if (line.trim()) socket.write(`${JSON.stringify(read(line, answer))}\n`);
	});
}

function read(line: string, answer: (request: ControlRequest) => ControlAnswer): ControlAnswer {
	let json: unknown;
	try {
		json = JSON.parse(line);
	} catch {
		return {ok: false, reason: phrase('not a line of JSON')};
	}
	const request = controlRequestSchema.safeParse(json, {error: issueWords});
	if (request.success) return answer(request.data);
	const [{message: what, path: where}] = request.error.issues as [z.core.$ZodIssue];
	return {ok: false, reason: phrase('not a command: {key}: {what}', {key: where.join('.'), what})};
}
