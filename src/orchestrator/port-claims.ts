/**
 * Which ports belong to a lab, also while what listens on them is down: another lab that took the port of a killed
 * server would be given the messages of this one. A claim is a file by the port's number that holds the lab's pid.
 */

import {mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {isRunning} from '../is-running.ts';
import {freePort, isFree} from './readiness.ts';

/** {@link freePort}, of those that no other lab of this user claims; it is ours until this process ends. */
export async function claimFreePort(host: string, from: number, taken: Set<number>): Promise<number | undefined> {
	const passed = new Set(taken);
	for (;;) {
		const port = await freePort(host, from, passed);
		if (port === undefined || claim(port)) return port;
		passed.add(port);
	}
}

/** True when nothing listens on the port and no other lab claims it; then it is ours. Rejects as {@link isFree} does. */
export async function claimPort(host: string, port: number): Promise<boolean> {
	return (await isFree(host, port)) && claim(port);
}

/** The files of this process's claims. */
const claimed = new Set<string>();

function giveBack() {
	for (const file of claimed) rmSync(file, {force: true});
}

/** Whoever was killed could not give its ports back: the claim of a process that is gone is none. */
function claim(port: number): boolean {
	for (let tries = 0; tries < 3; tries++) {
		const file = path.join(claimFolder(), String(port));
		try {
			mkdirSync(claimFolder(), {recursive: true, mode: 0o700});
			writeFileSync(file, String(process.pid), {flag: 'wx'});
			if (claimed.size === 0) process.once('exit', giveBack);
			claimed.add(file);
			return true;
		} catch (error) {
			// Where nothing can be written, whoever listens first has the port.
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return true;
		}
		const owner = ownerOf(file);
		if (owner === process.pid) return true;
		if (owner !== undefined && isRunning(owner)) return false;
		rmSync(file, {force: true});
	}
	return false;
}

/** The folder of this user's claims. */
export function claimFolder(): string {
	return path.join(os.tmpdir(), `lbtop-ports-${process.getuid?.() ?? 'user'}`);
}

/** Undefined: gone meanwhile. A claim that is being written has no pid yet: 0, which always runs. */
function ownerOf(file: string): number | undefined {
	try {
		return Number(readFileSync(file, 'utf8'));
	} catch {
		return undefined;
	}
}
