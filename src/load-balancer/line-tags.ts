/** Many lines under IDs of their own and one tag, `#TAG.ID`: so a server echoes whose they are, and nobody keeps IDs. */

import {idLength} from './line-id.ts';
import {
	inputBytes,
	inputPlace,
	type LineTagsProgram,
	loadLineTagsProgram,
	outputBytes,
	outputPlace,
	takenPlace,
	writtenPlace,
} from './line-tags-program.ts';
import {newline} from './newline.ts';

export type LineTags = {
	/**
	 * The lines of `bytes` from `start` to `end`, `lines` in all, tagged; undefined when one of them bears no ID that
	 * leaves room for a tag. Valid until the next call.
	 */
	tag(bytes: Buffer, start: number, end: number, lines: number, tag: number): Buffer | undefined;
	/** What is untagged from now on. */
	read(bytes: Buffer): void;
	/** The lines from `at` on that begin with the same bytes up to `tagEnd`, without the tag. Valid until the next call. */
	untag(at: number, tagEnd: number): Buffer;
	/** How many these were, and where what they were made of ends. */
	readonly lines: number;
	readonly next: number;
};

const hash = 35;
const dot = 46;
/** So long is an ID that leaves room for a tag. */
export const longestId = 48;
/** More than a tag adds to one line. */
const tagBytes = 16;

/** Looks at each byte. */
export function tagBytewise(): LineTags {
	let source: Buffer = Buffer.alloc(0);
	const tags = {
		lines: 0,
		next: 0,
		tag: (bytes: Buffer, start: number, end: number, _lines: number, tag: number) => {
			const pieces: Buffer[] = [];
			const prefix = prefixOf(tag);
			for (let at = start; at < end; ) {
				const length = idLength(bytes, at, end);
				const after = bytes[at + 1 + length];
				if (length === 0 || length > longestId || (after !== 32 && after !== newline)) return undefined;
				const lineEnd = bytes.indexOf(newline, at) + 1;
				pieces.push(prefix, bytes.subarray(at + 1, lineEnd));
				at = lineEnd;
			}
			return Buffer.concat(pieces);
		},
		read: (bytes: Buffer) => {
			source = bytes;
		},
		untag: (at: number, tagEnd: number) => {
			const prefix = source.subarray(at, tagEnd);
			const pieces: Buffer[] = [];
			tags.next = at;
			tags.lines = 0;
			while (source.subarray(tags.next, tags.next + prefix.length).equals(prefix)) {
				const lineEnd = source.indexOf(newline, tags.next) + 1;
				if (lineEnd === 0) break;
				pieces.push(hashSign, source.subarray(tags.next + prefix.length, lineEnd));
				tags.next = lineEnd;
				tags.lines++;
			}
			return Buffer.concat(pieces);
		},
	};
	return tags;
}

/** Looks at 16 bytes at a time, in the program's own memory; `otherwise` takes what has no room there. */
export function tagWith({memory, tag, untag}: LineTagsProgram, otherwise: LineTags): LineTags {
	const room = Buffer.from(memory.buffer);
	const places = new Int32Array(memory.buffer, 0, 16);
	const input = room.subarray(inputPlace, inputPlace + inputBytes);
	let inputEnd = 0;
	let isWithin = true;
	const tags = {
		lines: 0,
		next: 0,
		tag: (bytes: Buffer, start: number, end: number, lines: number, number: number) => {
			const length = end - start;
			const hasRoom = length <= inputBytes && length + lines * tagBytes <= outputBytes;
			if (!hasRoom) return otherwise.tag(bytes, start, end, lines, number);
			bytes.copy(input, 0, start, end);
			const prefix = putPrefix(room, number);
			const written = tag(inputPlace, inputPlace + length, outputPlace, prefix);
			return written === 0 ? undefined : room.subarray(outputPlace, written);
		},
		read: (bytes: Buffer) => {
			isWithin = bytes.length <= inputBytes;
			if (!isWithin) return otherwise.read(bytes);
			bytes.copy(input);
			inputEnd = inputPlace + bytes.length;
		},
		untag: (at: number, tagEnd: number) => {
			if (!isWithin) {
				const text = otherwise.untag(at, tagEnd);
				tags.lines = otherwise.lines;
				tags.next = otherwise.next;
				return text;
			}
			tags.lines = untag(inputPlace + at, inputEnd, outputPlace, tagEnd - at);
			tags.next = places[takenPlace / 4]! - inputPlace;
			return room.subarray(outputPlace, places[writtenPlace / 4]!);
		},
	};
	return tags;
}

const hashSign = Buffer.from('#');

function prefixOf(tag: number): Buffer {
	return Buffer.from(`#${tag}.`, 'latin1');
}

/** Writes `#TAG.` to the beginning of the memory; gives its length. */
function putPrefix(room: Buffer, tag: number): number {
	const text = `${tag}`;
	room[0] = hash;
	for (let place = 0; place < text.length; place++) room[place + 1] = text.charCodeAt(place);
	room[text.length + 1] = dot;
	return text.length + 2;
}

/** The fastest way there is. */
export function createLineTags(): LineTags {
	const program = loadLineTagsProgram();
	return program ? tagWith(program, tagBytewise()) : tagBytewise();
}
