/** A folder of this process's own for what it writes for other programs; it goes when the process ends. */

import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {isRunning} from '../is-running.ts';

const start = 'lbtop-engine-';

let made: string | undefined;

/** The folder (mode 0700), made when it is first asked for. Throws as `mkdtemp` does. */
export function runFolder(): string {
	if (made !== undefined) return made;
	removeStale();
	const folder = mkdtempSync(path.join(os.tmpdir(), `${start}${process.pid}-`));
	process.once('exit', () => rmSync(folder, {recursive: true, force: true}));
	made = folder;
	return folder;
}

/** A lab that was killed could not remove its own. */
function removeStale() {
	for (const name of readdirSync(os.tmpdir())) {
		const pid = new RegExp(`^${start}(\\d+)-`).exec(name)?.[1];
		if (pid === undefined || isRunning(Number(pid))) continue;
		try {
			rmSync(path.join(os.tmpdir(), name), {recursive: true, force: true});
		} catch {
			// Another user's: it is theirs to remove.
		}
	}
}
