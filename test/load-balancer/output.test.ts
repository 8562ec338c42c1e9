import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {createOutput} from '../../src/load-balancer/output.ts';
import type {Connection} from '../../src/load-balancer/transport.ts';

/** A connection that takes everything at once, or nothing until `take`. */
function fakeConnection({isSlow = false} = {}) {
	const wire: Buffer[] = [];
	let waiting: {bytes: Uint8Array; written: (() => void) | undefined}[] = [];
	const counts = {writes: 0, corks: 0};
	const connection = {
		write: (bytes: Uint8Array, written?: () => void) => {
			counts.writes++;
			if (isSlow) waiting.push({bytes, written});
			else wire.push(Buffer.from(bytes));
		},
		cork: () => counts.corks++,
		uncork: () => {},
		get writableLength() {
			return waiting.reduce((sum, {bytes}) => sum + bytes.length, 0);
		},
	};
	const take = () => {
		const taken = waiting;
		waiting = [];
		for (const {bytes} of taken) wire.push(Buffer.from(bytes));
		for (const {written} of taken) written?.();
	};
	return {
		connection: connection as unknown as Connection,
		take,
		counts,
		text: () => Buffer.concat(wire).toString('latin1'),
	};
}

const body = (length: number, mark = 'x') => Buffer.from(`${mark.repeat(length - 1)}\n`);
const framed = (slot: number, bytes: Buffer) => `B ${slot} ${bytes.length}\n${bytes.toString('latin1')}`;

describe('an output', () => {
	it('says each frame whole and in order, whatever its length, at once or late', () => {
		const lengths = fc.array(fc.oneof(fc.integer({min: 1, max: 200}), fc.integer({min: 8000, max: 200_000})));
		fc.assert(
			fc.property(fc.array(lengths, {maxLength: 4}), fc.boolean(), (turns, isSlow) => {
				const {connection, take, text} = fakeConnection({isSlow});
				const output = createOutput(connection, () => output.flush());
				let expected = '';
				for (const [turn, sizes] of turns.entries()) {
					for (const [place, length] of sizes.entries()) {
						const bytes = body(length, String.fromCharCode(97 + ((turn + place) % 26)));
						output.put(place, bytes, 0, bytes.length);
						expected += framed(place, bytes);
					}
					output.flush();
				}
				for (let i = 0; i < 10; i++) take();
				expect(text()).toBe(expected);
			}),
			{numRuns: 100},
		);
	});

	it('does not write again before the last write is through, and says when there is room', () => {
		const {connection, take, counts, text} = fakeConnection({isSlow: true});
		let rooms = 0;
		const output = createOutput(connection, () => rooms++);
		output.put(1, body(10), 0, 10);
		output.flush();
		output.put(2, body(10), 0, 10);
		output.flush();
		expect([counts.writes, rooms]).toEqual([1, 0]);
		take();
		expect(rooms).toBe(1);
		output.flush();
		take();
		expect(text()).toBe(framed(1, body(10)) + framed(2, body(10)));
	});

	it('copies short lines together into one write, and long ones not at all', () => {
		const {connection, counts} = fakeConnection();
		const output = createOutput(connection, () => {});
		for (let slot = 0; slot < 100; slot++) output.put(slot, body(40), 0, 40);
		output.flush();
		expect(counts).toEqual({writes: 1, corks: 0});
		const long = body(65_536);
		const written: Uint8Array[] = [];
		connection.write = (bytes: unknown) => written.push(bytes as Uint8Array);
		output.put(7, long, 0, long.length);
		output.flush();
		expect(counts.corks).toBe(1);
		expect(written.some(piece => piece.buffer === long.buffer)).toBe(true);
	});
});
