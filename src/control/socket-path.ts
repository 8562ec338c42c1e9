/** Where labs have their control sockets, and which of them run. */

import {readdirSync, rmSync, statSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {isRunning} from '../is-running.ts';

/** The folder of this user's control sockets, readable by nobody else. */
export function socketFolder(): string {
	const base = process.env.XDG_RUNTIME_DIR || os.tmpdir();
	return path.join(base, `lbtop-${process.getuid?.() ?? 'user'}`);
}

/** Where the lab of a process has its socket. */
export function socketPath(pid: number): string {
	return process.platform === 'win32' ? `\\\\.\\pipe\\lbtop-${pid}` : path.join(socketFolder(), `${pid}.sock`);
}

/** Where a lab's load balancer has its runtime API. */
export function statsSocketPath(pid: number): string {
	return path.join(path.dirname(socketPath(pid)), `${pid}${statsEnd}`);
}

const statsEnd = '-stats.sock';

/** The process ids of this user's running labs, the newest first. */
export function runningLabs(): number[] {
	const startedAt = (pid: number) => statSync(socketPath(pid), {throwIfNoEntry: false})?.mtimeMs ?? 0;
	return owners(/^(\d+)\.sock$/)
		.filter(isRunning)
		.sort((a, b) => startedAt(b) - startedAt(a));
}

/** Removes what labs and balancers left that were killed and could not do it themselves. */
export function removeStaleSockets(): void {
	for (const pid of owners(/^(\d+)(?:-stats)?\.sock$/)) {
		if (isRunning(pid)) continue;
		rmSync(socketPath(pid), {force: true});
		rmSync(statsSocketPath(pid), {force: true});
	}
}

/** The process ids in the names of the sockets there are. */
function owners(named: RegExp): number[] {
	let names: string[];
	try {
		names = readdirSync(socketFolder());
	} catch {
		return []; // no lab has ever run
	}
	return names.map(name => Number(named.exec(name)?.[1])).filter(pid => pid > 0);
}
