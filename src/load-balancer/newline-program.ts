/**
 * Newlines counted by the processor's vector unit, 16 bytes at a time: a WebAssembly module, assembled by hand, for
 * JavaScript has no way to it. In a long read of short lines counting byte by byte would cost more than all the rest
 * that the balancer does there.
 */

import {exported, i32, instantiate, moduleStart, section, sized} from './wasm-module.ts';

/** `count`: newlines from `at` to `end`; `tags`: those that a `#` follows. `endOf`: the place after the `lines`th newline from `at`; there must be one. */
export type NewlineProgram = {
	memory: {readonly buffer: ArrayBuffer; grow(pages: number): number};
	count(at: number, end: number): number;
	tags(at: number, end: number): number;
	endOf(at: number, lines: number): number;
};

/** A page of the program's memory. `at` and `end` must be multiples of 16; the byte at `end` is read too. */
export const pageBytes = 65_536;

/** A fresh instance; undefined where there can be none. */
export function loadNewlineProgram(): NewlineProgram | undefined {
	return instantiate<NewlineProgram>(program);
}

/** One bit for each of 16 bytes that is `byte`: load from local 0 + offset, compare with 16 such bytes, gather the bits. */
const bitsOf = (byte: number, offset: number) => [
	...[0x20, 0, 0xfd, 0x00, 0, offset],
	...[0xfd, 0x0c, ...new Array<number>(16).fill(byte), 0xfd, 0x23],
	...[0xfd, 0x64],
];
const newlineBits = bitsOf(10, 0);
const tagBits = [...newlineBits, ...bitsOf(35, 1), 0x71];

/** Parameters at (0) and end (1), local total (2): do {total += ones(bits); at += 16} while (at < end) */
const countOf = (bits: number[]) => [
	...[0x03, 0x40],
	...[...bits, 0x69, 0x20, 2, 0x6a, 0x21, 2],
	...[0x20, 0, 0x41, 16, 0x6a, 0x22, 0, 0x20, 1, 0x49, 0x0d, 0, 0x0b],
	...[0x20, 2, 0x0b],
];

/**
 * Parameters at (0) and lines (1), locals bits (2) and ones (3): while (ones(bits) < lines) {lines -= ones; at += 16},
 * then while (--lines) clear the lowest bit, then at + the place of the lowest bit + 1.
 */
const endOf = [
	...[0x03, 0x40, ...newlineBits, 0x22, 2, 0x69, 0x22, 3, 0x20, 1, 0x49, 0x04, 0x40],
	...[0x20, 1, 0x20, 3, 0x6b, 0x21, 1, 0x20, 0, 0x41, 16, 0x6a, 0x21, 0, 0x0c, 1, 0x0b, 0x0b],
	...[0x03, 0x40, 0x20, 1, 0x41, 1, 0x6b, 0x22, 1, 0x04, 0x40],
	...[0x20, 2, 0x20, 2, 0x41, 1, 0x6b, 0x71, 0x21, 2, 0x0c, 1, 0x0b, 0x0b],
	...[0x20, 0, 0x20, 2, 0x68, 0x6a, 0x41, 1, 0x6a, 0x0b],
];

/** Magic and version; then type (i32, i32) -> i32, three functions of it, two pages of memory, four exports, the code. */
const program = new Uint8Array([
	...moduleStart,
	...section(1, [1, 0x60, 2, i32, i32, 1, i32]),
	...section(3, [3, 0, 0, 0]),
	...section(5, [1, 0, 2]),
	...section(7, [
		...[4, ...exported('memory', 2, 0), ...exported('count', 0, 0)],
		...[...exported('endOf', 0, 1), ...exported('tags', 0, 2)],
	]),
	...section(10, [
		...[3, ...sized([1, 1, i32, ...countOf(newlineBits)])],
		...[...sized([1, 2, i32, ...endOf]), ...sized([1, 1, i32, ...countOf(tagBits)])],
	]),
]);
