// One start at a time may install or build: two at once would empty each other's node_modules.
import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

const patience = 100; // ms between two looks
const nameless = 10_000; // ms after which a lock without a name is left

/**
 * Runs `work` while no other process runs one for the same `root`; waits for it, and takes over from one that died.
 * `onWait` is called once, when there is something to wait for.
 */
export function alone(root, work, onWait) {
	const lock = path.join(tmpdir(), `lbtop-${createHash('sha256').update(root).digest('hex').slice(0, 16)}.lock`);
	let hasWaited = false;
	while (!take(lock)) {
		if (!hasWaited) onWait();
		hasWaited = true;
		Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, patience);
	}
	const leave = () => rmSync(lock, {recursive: true, force: true});
	process.once('exit', leave);
	try {
		work();
	} finally {
		leave();
		process.off('exit', leave);
	}
}

function take(lock) {
	try {
		mkdirSync(lock, {mode: 0o700});
	} catch (error) {
		if (error.code !== 'EEXIST') throw error;
		if (isLeft(lock)) rmSync(lock, {recursive: true, force: true});
		return false;
	}
	writeFileSync(path.join(lock, 'pid'), String(process.pid));
	return true;
}

/** True when whoever took the lock is dead, or died before it could say who it was. */
function isLeft(lock) {
	try {
		const since = statSync(lock).mtimeMs;
		const holder = Number(existsSync(path.join(lock, 'pid')) && readFileSync(path.join(lock, 'pid'), 'utf8'));
		return holder > 0 ? !isAlive(holder) : Date.now() - since > nameless;
	} catch {
		return false; // it has left this very moment: the next look takes the lock
	}
}

function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === 'EPERM';
	}
}
