/**
 * Memory for long reads, which are not copied: each is read into a room of its own. The room is used again as soon as
 * nobody needs what was read there. New ones for each would be collected some hundred times a second at full speed, and
 * would never be in the processor's cache.
 *
 * What was read belongs to its receiver, as everywhere. One that says when it needs it no more gives the room back; one
 * that does not say leaves it to the collector.
 */

/** A read that comes from one who has much to say. */
export const longRead = 32 * 1024;

/** Larger, and it falls out of the processor's cache; smaller, and long lines take more calls. */
export const longRoomBytes = 128 * 1024;

/** So many rooms wait for their next use, 16 MB: fewer, and with 64 busy connections the collector has its part again. */
const mostKept = 128;

type Loan = {room: Buffer; users: number};

const loans = new WeakMap<Buffer, Loan>();
const kept: Buffer[] = [];

/** Room for the next long read. */
export function takeRoom(): Buffer {
	return kept.pop() ?? Buffer.allocUnsafeSlow(longRoomBytes);
}

/** The room was not needed after all. */
export function giveRoom(room: Buffer): void {
	if (kept.length < mostKept) kept.push(room);
}

/** What was read into a room, which its receiver needs from now on. */
export function lend(room: Buffer, length: number): Buffer {
	const bytes = room.subarray(0, length);
	loans.set(bytes, {room, users: 1});
	return bytes;
}

/** Somebody more needs these bytes, until they are released; nothing happens for bytes that were not lent. */
export function hold(bytes: Buffer): void {
	if (bytes.length < longRead) return;
	const loan = loans.get(bytes);
	if (loan !== undefined) loan.users++;
}

/** One of those who needed these bytes does so no more: they may change from now on. */
export function release(bytes: Buffer): void {
	if (bytes.length < longRead) return;
	const loan = loans.get(bytes);
	if (loan === undefined || --loan.users > 0) return;
	loans.delete(bytes);
	giveRoom(loan.room);
}
