/** Rotation: log.txt becomes log.1.txt, that becomes log.2.txt, and so on; the oldest goes. Many writers, one rotation. */

import {lstatSync, readlinkSync, renameSync, rmSync, statSync, symlinkSync, unlinkSync} from 'node:fs';
import {parse} from 'node:path';
import {isRunning} from '../is-running.ts';

/**
 * Moves the file out of its name's way if it is still the one with this inode and over the limit: another writer may
 * have rotated it a moment ago, or be doing so now; then nothing happens. Throws what the file system throws.
 */
export function rotate(options: {file: string; inode: number; maxSizeBytes: number; keep: number}): void {
	const {file, inode, maxSizeBytes, keep} = options;
	const lock = `${file}.lock`;
	if (!take(lock)) return;
	try {
		const status = statSync(file, {throwIfNoEntry: false});
		if (!status || status.ino !== inode || status.size <= maxSizeBytes) return;
		if (keep === 0) {
			unlinkSync(file);
			return;
		}
		for (let number = keep - 1; number >= 1; number--)
			renameIfThere(rotatedName(file, number), rotatedName(file, number + 1));
		renameSync(file, rotatedName(file, 1));
	} finally {
		rmSync(lock, {force: true});
	}
}

/** `log.txt` → `log.1.txt`; a name without an extension gets the number at its end. */
export function rotatedName(file: string, number: number): string {
	const {ext} = parse(file);
	return `${file.slice(0, file.length - ext.length)}.${number}${ext}`;
}

const staleMs = 60_000;

/** The lock is a symbolic link to its holder's process id: made at once with its content, or not at all. */
function take(lock: string): boolean {
	if (isLinked(lock)) return true;
	const holder = staleHolder(lock);
	if (holder === undefined) return false;
	// Only who holds the right to clear this dead holder's lock may remove it, and only after a second look.
	const right = `${lock}.${holder}`;
	if (!isLinked(right)) {
		if (isOld(right)) rmSync(right, {force: true});
		return false;
	}
	try {
		if (staleHolder(lock) !== holder) return false;
		rmSync(lock, {force: true});
		return isLinked(lock);
	} finally {
		rmSync(right, {force: true});
	}
}

function isLinked(path: string): boolean {
	try {
		symlinkSync(String(process.pid), path);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	}
}

/** The holder of a lock that nobody will take away any more, or undefined: it is free, or its holder is at work. */
function staleHolder(lock: string): string | undefined {
	try {
		const holder = readlinkSync(lock);
		return isOld(lock) || !isRunning(Number(holder)) ? holder.replace(/\D/g, '') : undefined;
	} catch (error) {
		// Gone in this moment: its holder is done. Not a link: not ours to remove.
		if (['ENOENT', 'EINVAL'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
		throw error;
	}
}

function isOld(path: string): boolean {
	const status = lstatSync(path, {throwIfNoEntry: false});
	return status !== undefined && Date.now() - status.mtimeMs > staleMs;
}

function renameIfThere(from: string, to: string) {
	try {
		renameSync(from, to);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
	}
}
