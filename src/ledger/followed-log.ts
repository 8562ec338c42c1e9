/**
 * A growing log, read without a gap: from the place a run began, through every rotation. Each look is a consistent cut:
 * sizes are taken from the newest file to the oldest, lines are read from the oldest to the newest, so that no line is
 * seen without those that were written before it.
 */

import {fstatSync, statSync} from 'node:fs';
import {rotatedName} from '../log/log-rotation.ts';
import {phrase} from '../words/words.ts';
import type {LineReader} from './log-audit.ts';
import {openToRead, type RunPlace} from './run-place.ts';
import {readWholeLines, type WholeLines} from './whole-lines.ts';

export type FollowedLog = {
	/** Reads on, for a moment at most. Gives whether everything was read that was there when the look began. */
	look(): boolean;
	/** Bytes of a line at the very end that no newline ends. */
	tailBytes(): number;
	close(): void;
};

type FollowSettings = {
	file: string;
	place: RunPlace;
	reader: LineReader;
	now: () => number;
	/** Something was missed, in a sentence. */
	onGap(sentence: string): void;
};

const pieceBytes = 1024 * 1024;
/** How long one look reads: events and ticks wait meanwhile. */
const lookMs = 30;
/** How long a renamed file is still read: its writers notice within a second. */
const afterRenameMs = 2000;
/** Looks at a file that has lost its name before it is believed that somebody moved it elsewhere. */
const patientLooks = 5;
const mostRotated = 1000;

type Followed = {lines: WholeLines; buffer: Buffer; renamedAt: number};

export function followRun({file, place, reader, now, onGap}: FollowSettings): FollowedLog {
	const open: Followed[] = [];
	/** Buffers of files that are read no more: memory of that kind is given back late, and a log may rotate for days. */
	const spare: Buffer[] = [];
	let impatience = 0;

	const follow = (fd: number, from = 0) => {
		const buffer = spare.pop() ?? Buffer.allocUnsafeSlow(pieceBytes);
		open.push({lines: readWholeLines(fd, {from, buffer}), buffer, renamedAt: 0});
	};

	/** Opens what has come in the place of the newest file, and all that came and went in between. */
	const followRename = () => {
		const newest = open.at(-1)!;
		const named = statSync(file, {throwIfNoEntry: false});
		const own = fstatSync(newest.lines.fd);
		if (named && isSame(named, own)) {
			impatience = 0;
			return;
		}
		const number = rotationOf(own);
		// In the midst of a rotation, or the next file is not there yet.
		if (!named || (number === undefined && own.nlink > 0 && ++impatience < patientLooks)) return;
		if (number === undefined && own.nlink === 0)
			onGap(phrase('the log was removed or rotated away while it was read: lines may be missing'));
		impatience = 0;
		newest.renamedAt = now();
		for (let missed = (number ?? 1) - 1; missed >= 0; missed--) {
			const fd = openToRead(missed === 0 ? file : rotatedName(file, missed));
			if (fd !== undefined) follow(fd);
		}
	};

	/** The number a file bears as a rotated one. */
	const rotationOf = (own: {ino: number; dev: number}): number | undefined => {
		for (let number = 1; number <= mostRotated; number++) {
			const rotated = statSync(rotatedName(file, number), {throwIfNoEntry: false});
			if (!rotated) return undefined;
			if (isSame(rotated, own)) return number;
		}
		return undefined;
	};

	const isBeforeLast = (followed: Followed) => followed !== open.at(-1);

	const forgetOld = () => {
		const oldest = open[0]!;
		if (!isBeforeLast(oldest)) return;
		oldest.renamedAt ||= now();
		if (now() - oldest.renamedAt < afterRenameMs) return;
		if (oldest.lines.tailBytes > 0) reader.readTail();
		oldest.lines.close();
		spare.push(oldest.buffer);
		open.shift();
	};

	const look = (): boolean => {
		followRename();
		const until = now() + lookMs;
		const sizes = open.map(() => 0);
		for (let index = open.length - 1; index >= 0; index--) sizes[index] = sizeOf(open[index]!.lines, onGap);
		for (const [index, {lines}] of open.entries())
			while (!lines.read(sizes[index]!, reader.read)) if (now() > until) return false;
		forgetOld();
		return true;
	};

	follow(place.fd, place.from);
	reader.beginFile(file);
	return {
		look,
		tailBytes: () => open.reduce((sum, {lines}) => sum + lines.tailBytes, 0),
		close: () => {
			for (const {lines} of open.splice(0)) lines.close();
		},
	};
}

function sizeOf(lines: WholeLines, onGap: (sentence: string) => void): number {
	const size = lines.size();
	if (size >= lines.offset) return size;
	onGap(phrase('the log was cut while it was read: lines are missing'));
	lines.restart();
	return size;
}

function isSame(a: {ino: number; dev: number}, b: {ino: number; dev: number}): boolean {
	return a.ino === b.ino && a.dev === b.dev;
}
