/** Where labs have their control sockets, and which of them run. */

import {readdirSync, readlinkSync, rmSync, statSync} from 'node:fs';
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

/** A running lab; `isHere`: it was started in the folder that this process works in. */
type RunningLab = {pid: number; isHere: boolean};

/** This user's running labs: those of this folder first, and of each the newest. */
export function runningLabs(): RunningLab[] {
	const startedAt = ({pid}: RunningLab) => statSync(socketPath(pid), {throwIfNoEntry: false})?.mtimeMs ?? 0;
	const here = folderOf(process.pid);
	return owners(/^(\d+)\.sock$/)
		.filter(isRunning)
		.map(pid => ({pid, isHere: here !== undefined && folderOf(pid) === here}))
		.sort((one, other) => Number(other.isHere) - Number(one.isHere) || startedAt(other) - startedAt(one));
}

/** The folder a process works in; undefined where the system does not tell, as only Linux does. */
function folderOf(pid: number): string | undefined {
	try {
		return readlinkSync(`/proc/${pid}/cwd`);
	} catch {
		return undefined;
	}
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
