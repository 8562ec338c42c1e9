/** Where labs have their control sockets, and which of them run. */

import {readdirSync, statSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** The folder of this user's control sockets, readable by nobody else. */
export function socketFolder(): string {
	const base = process.env.XDG_RUNTIME_DIR || os.tmpdir();
	return path.join(base, `lbtop-${process.getuid?.() ?? 'user'}`);
}

/** Where the lab of a process has its socket. */
export function socketPath(pid: number): string {
	return process.platform === 'win32' ? `\\\\.\\pipe\\lbtop-${pid}` : path.join(socketFolder(), `${pid}.sock`);
}

/** The process ids of this user's running labs, the newest first. */
export function runningLabs(): number[] {
	let names: string[];
	try {
		names = readdirSync(socketFolder());
	} catch {
		return []; // no lab has ever run
	}
	return names
		.map(name => Number(/^(\d+)\.sock$/.exec(name)?.[1]))
		.filter(pid => pid > 0 && isRunning(pid))
		.sort((a, b) => statSync(socketPath(b)).mtimeMs - statSync(socketPath(a)).mtimeMs);
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}
