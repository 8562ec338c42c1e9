/** The trunk's answers, taken apart: `B SLOT LEN\n` + LEN bytes, again and again. Nothing a server sends can hurt it. */

import {phrase} from '../words/words.ts';

const letterB = 66;
const space = 32;
const lineFeed = 10;
const zero = 48;

/** More digits than any slot or length has, zero-padding included. */
const maxDigits = 20;
const maxHeaderBytes = 2 + maxDigits + 1 + maxDigits + 1;

/** The longest answer to one frame. */
export const maxAnswerBytes = 8 * 1024 * 1024;

/** The most lines of a frame that is sent: their answer keeps within the bound, and a few KiB a line are left. */
export const maxLinesPerFrame = 1024;

/** Takes one frame's body; a text it gives back says what is wrong with the frame. */
type TakeBody = (slot: number, bytes: Buffer, start: number, end: number) => string | undefined;

/**
 * Gives a function that takes what came next, calls `take` for each frame that is whole, and gives undefined, or in a
 * few words why this is no trunk; then it is of no further use. It keeps nothing of the bytes it is given.
 */
export function createFrameParser(take: TakeBody): (bytes: Buffer) => string | undefined {
	let kept: Buffer[] = [];
	let keptBytes = 0;
	let neededBytes = 0;

	const keep = (bytes: Buffer, at: number, needed: number) => {
		kept = [Buffer.from(bytes.subarray(at))];
		keptBytes = bytes.length - at;
		neededBytes = needed;
	};

	const parse = (bytes: Buffer): string | undefined => {
		const length = bytes.length;
		let at = 0;
		while (at < length) {
			if (length - at < maxHeaderBytes && bytes.indexOf(lineFeed, at) < 0) {
				keep(bytes, at, 0);
				return undefined;
			}
			let place = at + 2;
			const slotStart = place;
			let slot = 0;
			for (; isDigit(bytes[place]!); place++) slot = slot * 10 + bytes[place]! - zero;
			const slotEnd = place++;
			const lengthStart = place;
			let body = 0;
			for (; isDigit(bytes[place]!); place++) body = body * 10 + bytes[place]! - zero;
			const lengthEnd = place++;
			const isHeader =
				bytes[at] === letterB &&
				bytes[at + 1] === space &&
				bytes[slotEnd] === space &&
				bytes[lengthEnd] === lineFeed &&
				isDigitCount(slotEnd - slotStart) &&
				isDigitCount(lengthEnd - lengthStart);
			if (!isHeader) return phrase('bad frame: {why}', {why: phrase('no frame begins here')});
			if (body === 0 || body > maxAnswerBytes)
				return phrase('bad frame: {why}', {why: phrase('a length of {number} bytes', {number: body})});
			const end = place + body;
			if (end > length) {
				keep(bytes, at, end - at);
				return undefined;
			}
			const error = take(slot, bytes, place, end);
			if (error !== undefined) return phrase('bad frame: {why}', {why: error});
			at = end;
		}
		return undefined;
	};

	return bytes => {
		if (keptBytes === 0) return parse(bytes);
		kept.push(Buffer.from(bytes));
		keptBytes += bytes.length;
		if (keptBytes < neededBytes) return undefined;
		const whole = Buffer.concat(kept, keptBytes);
		kept = [];
		keptBytes = 0;
		return parse(whole);
	};
}

function isDigit(byte: number): boolean {
	return byte >= zero && byte <= zero + 9;
}

function isDigitCount(count: number): boolean {
	return count > 0 && count <= maxDigits;
}
