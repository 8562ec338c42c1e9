/** Runs of the whole lab, each in a folder of its own, gone afterwards. */
import {mkdtempSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {launcher} from './peers.mjs';
import {startProgram} from './processes.mjs';

const START_AND_STOP_MS = 30_000;

/** Calls `use(folder)` with a fresh folder, and removes it when that is done. */
export async function inFreshFolder(directory, use) {
	const folder = mkdtempSync(join(directory, 'lab-'));
	try {
		return await use(folder);
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
}

/** Starts `node bin/lbtop.js` with arguments, in a folder; `from` is another checkout's. */
export function startLbtop(folder, args, from = launcher) {
	return startProgram(process.execPath, [from, ...args], {cwd: folder});
}

/**
 * Waits for a run that takes `seconds` and gives the JSON summary on the last
 * line of its output. A run that fails its checks still has a summary.
 */
export async function summaryOf(program, seconds) {
	const limitMs = seconds * 1000 + START_AND_STOP_MS;
	const limit = setTimeout(() => program.stop(), limitMs);
	await program.ended;
	clearTimeout(limit);
	const output = program.output().trim();
	const last = output.slice(output.lastIndexOf('\n{') + 1);
	try {
		return JSON.parse(last);
	} catch {
		throw new Error(`a run gave no summary: ${program.failure()}`);
	}
}

/** The arguments of a lab at full speed over persistent connections. */
export function maxRate(seconds, args = []) {
	return ['run', '--rate', 'max', '--connect', 'persistent', '--for', `${seconds}s`, '--json', ...args];
}

/** One run of the lab at full speed over persistent connections. */
export async function runLab({directory, seconds, args = []}) {
	return inFreshFolder(directory, folder => summaryOf(startLbtop(folder, maxRate(seconds, args)), seconds));
}
