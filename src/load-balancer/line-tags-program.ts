/**
 * Tags put before the IDs of many lines and taken off again by the processor's vector unit: a WebAssembly module,
 * assembled by hand. Line by line in JavaScript, IDs would cost more than all the rest that the balancer does.
 */

import {exported, i32, instantiate, moduleStart, section, sized, v128} from './wasm-module.ts';

/**
 * Both take the lines from `at` to `end` and write them to `to`; up to 64 bytes past either end are looked at or
 * spoilt. `tag`: each `#ID` becomes `#`, tag, `ID`; the first `length` bytes of memory are the `#` and the tag; gives
 * the place after what was written, 0 when a line has no ID of up to 48 bytes. `untag`: the reverse, for as many whole
 * lines as begin with the same `length` bytes; gives their number, and leaves the places after them in memory.
 */
export type LineTagsProgram = {
	memory: {readonly buffer: ArrayBuffer};
	tag(at: number, end: number, to: number, length: number): number;
	untag(at: number, end: number, to: number, length: number): number;
};

/** Where `untag` leaves the places after the lines it took and wrote. */
export const takenPlace = 32;
export const writtenPlace = 36;

/** Where lines are to be put, and where they may be written; and how many bytes have room there. */
export const inputPlace = 1024;
export const inputBytes = 256 * 1024;
export const outputPlace = inputPlace + inputBytes + 1024;
export const outputBytes = 288 * 1024;
const pages = 9;

/** The program, or undefined where WebAssembly cannot be had. */
export function loadLineTagsProgram(): LineTagsProgram | undefined {
	return instantiate<LineTagsProgram>(program);
}

const [at, end, to, length, bits, count] = [0, 1, 2, 3, 4, 5] as const;
const get = (local: number) => [0x20, local];
const set = (local: number) => [0x21, local];
const tee = (local: number) => [0x22, local];
/** A number from 0 to 63. */
const int = (number: number) => [0x41, number];
const bytes = (...values: number[]) => [0xfd, 0x0c, ...values];
const every = (byte: number) => bytes(...new Array<number>(16).fill(byte));
const load = [0xfd, 0x00, 0, 0];
const store = [0xfd, 0x0b, 0, 0];
const loadByte = [0x2d, 0, 0];
const storeByte = [0x3a, 0, 0];
const storeNumber = [0x36, 2, 0];
const swizzle = [0xfd, 0x0e];
const isEqual = [0xfd, 0x23];
const both = [0xfd, 0x4e];
const bitsOf = [0xfd, 0x64];
const shiftRight = [0xfd, 0x6d];
const [eqz, ne, ltU, gtU, geU, ctz, add, sub, and, shl] = [0x45, 0x47, 0x49, 0x4b, 0x4f, 0x68, 0x6a, 0x6b, 0x71, 0x74];
const loop = [0x03, 0x40];
const block = [0x02, 0x40];
const when = [0x04, 0x40];
const fin = 0x0b;
const leave = (depth: number) => [0x0c, depth];
const leaveIf = (depth: number) => [0x0d, depth];
const back = 0x0f;
const increase = (local: number, by: number[]) => [...get(local), ...by, add, ...set(local)];
const giveUp = [...when, ...int(0), back, fin];

/**
 * One bit for each of the 16 bytes on the stack (local `its`) that no ID may have. A byte may be in one when its two
 * halves have a bit in common: 1 for 2 (`-.`), 2 for 3 and 7 (digits, `:`, p to z), 4 for 4 and 6 (letters to o), 8 for
 * 5 (P to Z, `_`).
 */
const notOfId = (its: number) => [
	...set(its),
	...[
		...bytes(10, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 4, 4, 5, 5, 12),
		...get(its),
		...every(15),
		...both,
		...swizzle,
	],
	...[...bytes(0, 0, 1, 2, 4, 8, 4, 2, 0, 0, 0, 0, 0, 0, 0, 0), ...get(its), ...int(4), ...shiftRight, ...swizzle],
	...[...both, ...every(0), ...isEqual, ...bitsOf],
];

/** Copies 16 bytes; leaves the bits of the newlines among them in `bits`, and on the stack whether there are none. */
const copy = (its: number) => [
	...[...get(to), ...get(at), ...load, ...tee(its), ...store],
	...[...get(its), ...every(10), ...isEqual, ...bitsOf, ...tee(bits), eqz],
];
const next16 = [...increase(at, int(16)), ...increase(to, int(16))];
/** Past the newline that `bits` tells of. */
const pastLine = [
	...increase(at, [...get(bits), ctz, ...int(1), add]),
	...increase(to, [...get(bits), ctz, ...int(1), add]),
];

const idBytes = 5;
const its = 6;
const tagLines = [
	...[...loop, ...get(at), ...get(end), geU, ...when, ...get(to), back, fin],
	...[...get(at), ...loadByte, ...int(35), ne, ...giveUp],
	...[...get(to), ...int(0), ...load, ...store, ...increase(to, get(length)), ...increase(at, int(1))],
	...[...int(0), ...set(idBytes)],
	...[...loop, ...get(at), ...get(idBytes), add, ...load, ...notOfId(its), ...tee(bits), eqz, ...when],
	...[...increase(idBytes, int(16)), ...get(idBytes), ...int(49), ltU, ...leaveIf(1), ...int(0), back, fin, fin],
	...[...increase(idBytes, [...get(bits), ctz]), ...get(idBytes), eqz, ...giveUp],
	...[...get(idBytes), ...int(48), gtU, ...giveUp],
	...[...get(at), ...get(idBytes), add, ...loadByte, ...tee(bits), ...int(32), ne],
	...[...get(bits), ...int(10), ne, and, ...giveUp],
	...[...loop, ...copy(its), ...when, ...next16, ...leave(1), fin, fin],
	...[...pastLine, ...leave(0), fin, 0x00, fin],
];

const [startAt, startTo, prefix, piece] = [6, 7, 8, 9] as const;
const undo = [...get(startAt), ...set(at), ...get(startTo), ...set(to)];
const untagLines = [
	...[...get(at), ...load, ...set(prefix)],
	...[...loop, ...block, ...get(at), ...get(length), add, ...get(end), geU, ...leaveIf(0)],
	...[...get(at), ...load, ...get(prefix), ...isEqual, ...bitsOf],
	...[...int(1), ...get(length), shl, ...int(1), sub, ...tee(bits), and, ...get(bits), ne, ...leaveIf(0)],
	...[...get(at), ...set(startAt), ...get(to), ...set(startTo)],
	...[...get(to), ...int(35), ...storeByte, ...increase(to, int(1)), ...increase(at, get(length))],
	...[...loop, ...copy(piece), ...when, ...next16, ...get(at), ...get(end), ltU, ...leaveIf(1)],
	...[...undo, ...leave(2), fin, fin],
	...[...pastLine, ...get(at), ...get(end), gtU, ...when, ...undo, ...leave(1), fin],
	...[...increase(count, int(1)), ...leave(1), fin, fin],
	...[...int(takenPlace), ...get(at), ...storeNumber, ...int(writtenPlace), ...get(to), ...storeNumber],
	...[...get(count), fin],
];

/** A type (four numbers) -> number, two functions of it, the memory, three exports, the code. */
const program = new Uint8Array([
	...moduleStart,
	...section(1, [1, 0x60, 4, i32, i32, i32, i32, 1, i32]),
	...section(3, [2, 0, 0]),
	...section(5, [1, 1, pages, pages]),
	...section(7, [3, ...exported('memory', 2, 0), ...exported('tag', 0, 0), ...exported('untag', 0, 1)]),
	...section(10, [...[2, ...sized([2, 2, i32, 1, v128, ...tagLines])], ...sized([2, 4, i32, 2, v128, ...untagLines])]),
]);
