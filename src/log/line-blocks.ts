/**
 * The lines of the log in blocks of whole lines, from a place on or back from it, whatever the size of the files: one
 * block is in memory at a time. A line ends with a newline; or, so that a file without one is bounded too, at a multiple
 * of {@link blockBytes} that no newline comes within {@link blockBytes} before. An unfinished line at the very end of the
 * newest file is none yet.
 */

import {readSync} from 'node:fs';
import {type LogPlace, placesPerFile} from '../domain/log-reading.ts';
import type {Volume} from './log-volumes.ts';

/** Whole lines, of which the first begins at `place`. The bytes are good until the next block is asked for. */
export type Block = {bytes: Buffer; place: LogPlace};

/** So much is read at once. No line is longer than twice this. */
export const blockBytes = 1024 * 1024;

const newline = 10;

/** From a place on, which may also lie within a line: then the first block begins with the rest of it. */
export function* blocksFrom(volumes: Volume[], place: LogPlace): Generator<Block> {
	const buffer = Buffer.allocUnsafeSlow(2 * blockBytes);
	for (const volume of volumes) {
		const start = startIn(volume, place);
		if (start < volume.size) yield* forward(volume, start, buffer);
	}
}

/** The lines before a place, the last ones first; within a block they are in the file's order. */
export function* blocksBefore(volumes: Volume[], place: LogPlace): Generator<Block> {
	const buffer = Buffer.allocUnsafeSlow(2 * blockBytes);
	for (const volume of volumes.toReversed()) {
		const end = Math.min(volume.size, place - volume.number * placesPerFile);
		if (end > 0) yield* backward(volume, end, buffer);
	}
}

function startIn({number}: Volume, place: LogPlace): number {
	return Math.max(0, place - number * placesPerFile);
}

function* forward(volume: Volume, start: number, buffer: Buffer): Generator<Block> {
	const origin = volume.number * placesPerFile;
	let at = start - (start % blockBytes);
	/** Bytes at the buffer's beginning: of a line that has begun before this block. */
	let kept = 0;
	let lead = start - at;
	while (at < volume.size) {
		const read = readBlock(volume, at, buffer, kept);
		const end = kept + read.length;
		const whole = wholeEnd(read, kept);
		if (whole > lead) yield {bytes: buffer.subarray(lead, whole), place: origin + at - kept + lead};
		const rest = Math.max(whole, lead);
		buffer.copyWithin(0, rest, end);
		kept = end - rest;
		lead = 0;
		at += read.length;
		if (read.length < blockBytes) break;
	}
	if (kept > 0 && !volume.isLast) yield {bytes: buffer.subarray(0, kept), place: origin + at - kept};
}

/** Where the last line that ends in this block does, in the buffer; a full block without a newline ends one itself. */
function wholeEnd(block: Buffer, kept: number): number {
	const end = block.lastIndexOf(newline) + 1;
	if (end > 0) return kept + end;
	return block.length === blockBytes ? kept + block.length : 0;
}

function* backward(volume: Volume, end: number, buffer: Buffer): Generator<Block> {
	const origin = volume.number * placesPerFile;
	/** The lines' beginnings are not known yet: what follows the block that is read next. */
	let tail = Buffer.alloc(0);
	let isUnfinished = volume.isLast && end === volume.size;
	let at = (Math.ceil(end / blockBytes) - 1) * blockBytes;
	let limit = end - at;
	for (; at >= 0; at -= blockBytes, limit = blockBytes) {
		const read = readBlock(volume, at, buffer, 0);
		const first = read.indexOf(newline) + 1;
		if (isUnfinished) {
			limit = Math.min(limit, wholeEnd(read, 0));
			if (limit === 0) continue;
			isUnfinished = false;
		}
		if (first === 0) {
			// Nothing but the middle of a line: what follows is a line of its own where this is a whole block.
			if (tail.length > 0) yield {bytes: tail, place: origin + at + limit};
			tail = Buffer.from(read.subarray(0, limit));
			continue;
		}
		const to = Math.min(read.length, limit);
		tail.copy(buffer, to);
		const length = to + tail.length;
		if (first < length) yield {bytes: buffer.subarray(first, length), place: origin + at + first};
		tail = Buffer.from(buffer.subarray(0, Math.min(first, length)));
	}
	if (tail.length > 0) yield {bytes: tail, place: origin};
}

/** The bytes of a block, put into the buffer at `to`; fewer at the file's end, or where it was cut meanwhile. */
function readBlock({fd, size}: Volume, at: number, buffer: Buffer, to: number): Buffer {
	const wanted = Math.min(blockBytes, size - at);
	let length = 0;
	while (length < wanted) {
		const bytes = readSync(fd, buffer, to + length, wanted - length, at + length);
		if (bytes === 0) break;
		length += bytes;
	}
	return buffer.subarray(to, to + length);
}
