/** What clients say, cut into whole lines; the start of a line is kept until its end comes. */

import type {Client} from './client.ts';
import {release} from './long-reads.ts';
import {newline} from './newline.ts';

type Intake = {
	/** The bytes are released when they were taken. */
	received(client: Client, bytes: Buffer): void;
	/** The client says nothing more: a last line without an end counts. */
	ended(client: Client): void;
};

type IntakeOptions = {
	maxLineBytes: number;
	/** Takes whole lines, one or more: the bytes from `start` to `end`, which stay as they are while they are held. */
	take(client: Client, bytes: Buffer, start: number, end: number): void;
	/** A line is longer than it may be; it begins with these bytes. Nothing of this client is taken any more. */
	refuse(client: Client, beginning: Buffer): void;
};

const smallestPartial = 256;

/** Enough of a line to see its ID. */
const beginningBytes = 66;

export function createIntake({maxLineBytes, take, refuse}: IntakeOptions): Intake {
	// A carriage return before the newline is no part of the line.
	const longestWithEnd = maxLineBytes + 2;

	const isTooLong = (bytes: Buffer, start: number, lineEnd: number) => {
		const length = lineEnd - start;
		return length > longestWithEnd || (length === longestWithEnd && bytes[lineEnd - 2] !== 13);
	};

	const takeChecked = (client: Client, bytes: Buffer, start: number, end: number) => {
		if (end - start <= maxLineBytes + 1) return take(client, bytes, start, end);
		let good = start;
		let lineEnd = start;
		for (; good < end; good = lineEnd) {
			lineEnd = bytes.indexOf(newline, good) + 1;
			if (isTooLong(bytes, good, lineEnd)) break;
		}
		if (good > start) take(client, bytes, start, good);
		if (good < end) refuse(client, Buffer.from(bytes.subarray(good, Math.min(lineEnd, good + beginningBytes))));
	};

	const keep = (client: Client, bytes: Buffer, start: number, end: number) => {
		const needed = client.partialBytes + end - start;
		if (client.partial === null || client.partial.length < needed) {
			const larger = Buffer.allocUnsafeSlow(Math.max(smallestPartial, needed, Math.min(needed * 2, longestWithEnd)));
			client.partial?.copy(larger, 0, 0, client.partialBytes);
			client.partial = larger;
		}
		bytes.copy(client.partial, client.partialBytes, start, end);
		client.partialBytes = needed;
		if (needed > longestWithEnd) refusePartial(client);
	};

	const takePartial = (client: Client) => {
		const {partial, partialBytes} = client;
		client.partial = null;
		client.partialBytes = 0;
		takeChecked(client, partial!, 0, partialBytes);
	};

	const refusePartial = (client: Client) => {
		const beginning = client.partial!.subarray(0, Math.min(beginningBytes, client.partialBytes));
		client.partial = null;
		client.partialBytes = 0;
		refuse(client, beginning);
	};

	const receivedInPart = (client: Client, bytes: Buffer) => {
		let start = 0;
		if (client.partialBytes > 0) {
			const first = bytes.indexOf(newline) + 1;
			keep(client, bytes, 0, first === 0 ? bytes.length : first);
			if (first === 0 || client.phase !== 'open') return;
			takePartial(client);
			start = first;
		}
		const end = bytes.lastIndexOf(newline) + 1;
		if (end > start && client.phase === 'open') takeChecked(client, bytes, start, end);
		const tail = Math.max(start, end);
		if (tail < bytes.length && client.phase === 'open') keep(client, bytes, tail, bytes.length);
	};

	return {
		received: (client, bytes) => {
			if (client.partialBytes === 0 && bytes[bytes.length - 1] === newline) takeChecked(client, bytes, 0, bytes.length);
			else receivedInPart(client, bytes);
			release(bytes);
		},
		ended: client => {
			if (client.partialBytes === 0) return;
			keep(client, endOfLine, 0, 1);
			if (client.phase === 'open') takePartial(client);
		},
	};
}

const endOfLine = Buffer.from('\n');
