/** Unix sockets that only their user can open: the lab's control socket and the balancer's runtime API. */

import {lstatSync, mkdirSync, renameSync, rmSync} from 'node:fs';
import {createConnection, type Server} from 'node:net';
import path from 'node:path';
import {errorWords} from './domain/system-error.ts';
import {phrase} from './words/words.ts';

/** The longest path a unix socket can have on Linux, in bytes (`sun_path`, its final zero not counted). */
const longestPath = 107;

/** It is made under another name first and renamed: Node removes what it bound, which must never be another's. */
const beginning = '.new';

/**
 * Listens on a path: the socket is its user's alone, a folder that is missing is made so too. A socket nobody listens on
 * any more is replaced; a file, or a socket in use, never. Gives a function that removes the socket, and only this one.
 */
export async function listenPrivately(server: Server, file: string): Promise<() => void> {
	if (process.platform === 'win32') {
		await listen(server, file);
		return () => {};
	}
	if (Buffer.byteLength(file + beginning) > longestPath)
		throw fault(
			'ENAMETOOLONG',
			phrase('socket {file}: its path is longer than {most} bytes; choose a shorter one', {
				...{file, most: longestPath - beginning.length},
			}),
		);
	prepareFolder(path.dirname(file), file);
	await removeStale(file);
	await removeStale(file + beginning);
	const umask = process.umask(0o177);
	const listening = listen(server, file + beginning); // binds at once, before the umask is as it was
	process.umask(umask);
	await listening;
	renameSync(file + beginning, file);
	const made = lstatSync(file).ino;
	return () => {
		if (lstatSync(file, {throwIfNoEntry: false})?.ino === made) rmSync(file, {force: true});
	};
}

function listen(server: Server, file: string): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once('error', error => reject(unmade(file, error)));
		server.listen(file, resolve);
	});
}

/** A folder where others could put something else in the socket's place will not do; one like /tmp will. */
function prepareFolder(folder: string, file: string) {
	try {
		mkdirSync(folder, {recursive: true, mode: 0o700});
	} catch (error) {
		throw unmade(file, error as NodeJS.ErrnoException);
	}
	const {uid, mode} = lstatSync(folder);
	const isTrusted = uid === process.getuid?.() || uid === 0;
	const isSafe = (mode & 0o022) === 0 || (mode & 0o1000) !== 0;
	if (!lstatSync(folder).isDirectory() || !isTrusted || !isSafe)
		throw fault(
			'EACCES',
			phrase("socket: {folder} is not a folder of this user's; remove it or choose another path", {folder}),
		);
}

async function removeStale(file: string) {
	const found = lstatSync(file, {throwIfNoEntry: false});
	if (!found) return;
	if (!found.isSocket())
		throw fault('EEXIST', phrase('socket {file}: there is a file that is no socket; choose another path', {file}));
	if (await isAnswered(file))
		throw fault('EADDRINUSE', phrase('socket {file}: another program listens there; choose another path', {file}));
	rmSync(file, {force: true});
}

/** Only a refusal is proof that nobody listens. */
function isAnswered(file: string): Promise<boolean> {
	return new Promise(resolve => {
		const socket = createConnection(file);
		socket.on('connect', () => {
			socket.destroy();
			resolve(true);
		});
		socket.on('error', (error: NodeJS.ErrnoException) =>
			resolve(error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT'),
		);
	});
}

function unmade(file: string, error: NodeJS.ErrnoException): Error {
	const why = errorWords(error);
	return fault(
		error.code ?? 'UNKNOWN',
		phrase('socket {file}: cannot be made: {why}; choose another path', {file, why}),
	);
}

function fault(code: string, message: string): Error {
	return Object.assign(new Error(message), {code});
}
