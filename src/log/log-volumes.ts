/** log.txt and the files it was rotated into, as one log: which there are, in which order, and how far each goes. */

import {closeSync, constants, fstatSync, openSync, type Stats, statSync} from 'node:fs';
import {type LogCover, placesPerFile} from '../domain/log-reading.ts';
import {rotatedName} from './log-rotation.ts';

/** `number` orders the files, the older the smaller, and stays with a file when it is renamed. `isLast`: it still grows. */
export type Volume = {number: number; path: string; fd: number; size: number; isLast: boolean};

/** Which number a file has, for whoever opens them again. */
export type VolumeNumbers = {number: number; dev: number; ino: number}[];

type Volumes = {
	/** Looks at what there is now, oldest first. Throws when log.txt is there and cannot be read. */
	look(): Volume[];
	/** Closes what has gone since it was given by `look`: nobody reads any more in what was given. */
	rest(): void;
	numbers(): VolumeNumbers;
	/** May be called twice. */
	close(): void;
};

type Known = Volume & {dev: number; ino: number};

/** So many rotated files are looked at. */
const mostRotated = 100;

/** The number of the first file that is opened; older ones count down from it. */
const firstNumber = 1000;

/** `numbered`: which numbers files had before, so that places in them keep their meaning. */
export function openVolumes(file: string, numbered: VolumeNumbers = []): Volumes {
	let known: Known[] = [];
	let gone: Known[] = [];
	let remembered = numbered;
	let highest = Math.max(firstNumber - 1, ...numbered.map(({number}) => number));

	const look = (): Volume[] => {
		gone.push(...known.filter(one => !isStillThere(one)));
		known = known.filter(one => !gone.includes(one));
		const named = namedFiles(file);
		let isOlder = false;
		const fresh: Known[] = [];
		// From the newest on: what comes before a known one is newer than all that were known.
		for (const {path, ...id} of named) {
			const same = find(known, id);
			if (same) {
				same.path = path;
				isOlder = true;
				continue;
			}
			const opened = openVolume(path, path === file);
			if (!opened) continue;
			const before = find(remembered, opened)?.number;
			if (before !== undefined) known.push({...opened, number: before});
			else if (isOlder) known.push({...opened, number: Math.min(...known.map(({number}) => number)) - 1});
			else fresh.push(opened);
		}
		number(fresh);
		remembered = [];
		known.sort((a, b) => a.number - b.number);
		for (const one of known) {
			one.size = fstatSync(one.fd).size;
			one.isLast = one === known.at(-1);
		}
		return known.map(({number, path, fd, size, isLast}) => ({number, path, fd, size, isLast}));
	};

	/** Newest first; the very first look numbers downwards, so that the log's name has the first number. */
	const number = (fresh: Known[]) => {
		if (fresh.length === 0) return;
		const from = known.length === 0 && highest < firstNumber ? firstNumber : highest + fresh.length;
		for (const [index, one] of fresh.entries()) known.push({...one, number: from - index});
		highest = from;
	};

	return {
		look,
		rest: () => {
			for (const {fd} of gone) closeSync(fd);
			gone = [];
		},
		numbers: () => known.map(({number, dev, ino}) => ({number, dev, ino})),
		close: () => {
			for (const {fd} of [...known, ...gone]) closeSync(fd);
			known = [];
			gone = [];
		},
	};
}

/** What all of them hold together. */
export function coverOf(volumes: Volume[]): LogCover {
	const first = volumes[0];
	const last = volumes.at(-1);
	return {
		files: volumes.map(({path, number, size}) => ({path, begin: number * placesPerFile, bytes: size})),
		bytes: volumes.reduce((sum, {size}) => sum + size, 0),
		begin: first ? first.number * placesPerFile : 0,
		end: last ? last.number * placesPerFile + last.size : 0,
	};
}

type Named = {path: string; dev: number; ino: number};

/** The files that bear the log's name, the newest first; a gap in the numbers ends them. */
function namedFiles(file: string): Named[] {
	const named: Named[] = [];
	for (let number = 0; number <= mostRotated; number++) {
		const path = number === 0 ? file : rotatedName(file, number);
		const status = statSync(path, {throwIfNoEntry: false});
		if (status?.isFile()) named.push({path, dev: status.dev, ino: status.ino});
		else if (number > 0) break;
	}
	return named;
}

/** Undefined for one that has gone in this moment, or an old one that we may not read. */
function openVolume(path: string, isLog: boolean): Known | undefined {
	try {
		// O_NONBLOCK: a named pipe of that name must not hang us.
		const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
		const {size, dev, ino}: Stats = fstatSync(fd);
		return {number: 0, path, fd, size, isLast: false, dev, ino};
	} catch (error) {
		if (isLog && (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
		return undefined;
	}
}

/** False where it has been removed, or cut: then its bytes are others from now on. */
function isStillThere({fd, size}: Known): boolean {
	const now = fstatSync(fd);
	return now.nlink > 0 && now.size >= size;
}

function find<T extends {dev: number; ino: number}>(list: T[], {dev, ino}: {dev: number; ino: number}): T | undefined {
	return list.find(one => one.dev === dev && one.ino === ino);
}
