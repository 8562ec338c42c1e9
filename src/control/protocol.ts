/** What goes over a lab's control socket: one JSON object a line, one answer to each. */

import {readdirSync, statSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {z} from 'zod';
import {commandSchema} from '../domain/command.ts';
import type {Summary} from '../report/summary.ts';

export const controlRequestSchema = z.discriminatedUnion('type', [z.strictObject({type: z.literal('status')}), commandSchema]);
export type ControlRequest = z.infer<typeof controlRequestSchema>;

export type ControlAnswer = {ok: true; echo?: string; status?: Summary} | {ok: false; reason: string};

/** The longest line either side accepts. */
export const maxControlLine = 1 << 20;

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
