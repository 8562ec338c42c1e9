import {randomBytes} from 'node:crypto';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {seededRandom} from '../../../src/domain/random.ts';
import {createChain} from '../../../src/load-balancer/wire/chain.ts';
import type {Cut, Toxic} from '../../../src/load-balancer/wire/toxic.ts';
import {bandwidth} from '../../../src/load-balancer/wire/toxics/bandwidth.ts';
import {latency} from '../../../src/load-balancer/wire/toxics/latency.ts';
import {limitData} from '../../../src/load-balancer/wire/toxics/limit-data.ts';
import {loss} from '../../../src/load-balancer/wire/toxics/loss.ts';
import {resetPeer} from '../../../src/load-balancer/wire/toxics/reset-peer.ts';
import {slicer} from '../../../src/load-balancer/wire/toxics/slicer.ts';
import {slowClose} from '../../../src/load-balancer/wire/toxics/slow-close.ts';
import {timeout} from '../../../src/load-balancer/wire/toxics/timeout.ts';
import {virtualClock} from '../support/virtual-clock.ts';

const random = seededRandom(1);

/** A chain of these toxics, and what came out when; `at 100 abc`. */
function build(...toxics: Toxic[]) {
	const clock = virtualClock();
	const out: {at: number; bytes: Buffer}[] = [];
	const said: string[] = [];
	const cuts: Cut[] = [];
	const chain = createChain({
		clock,
		leave: piece => {
			said.push(`${clock.now()} ${piece}`);
			if (typeof piece !== 'string') out.push({at: clock.now(), bytes: piece});
		},
		cut: how => {
			said.push(`${clock.now()} cut ${how}`);
			cuts.push(how);
		},
	});
	for (const [id, toxic] of toxics.entries()) chain.add(id, toxic);
	const text = () => Buffer.concat(out.map(({bytes}) => bytes)).toString('latin1');
	return {clock, chain, out, said, cuts, text, say: (words: string) => chain.take(Buffer.from(words, 'latin1'))};
}

describe('latency', () => {
	it('is counted from when each piece came, to the millisecond, the FIN too', () => {
		const {clock, chain, said, say} = build(latency({latencyMs: 200, jitterMs: 0}, random));
		say('a');
		clock.pass(50);
		say('b');
		chain.take('end');
		clock.pass(149.9);
		expect(said).toEqual([]);
		clock.pass(500);
		expect(said).toEqual(['200 a', '250 b', '250 end']);
	});

	it('spreads evenly by its jitter and keeps the order', () => {
		const {clock, out, text, say} = build(latency({latencyMs: 100, jitterMs: 50}, seededRandom(3)));
		for (let i = 0; i < 400; i++) {
			say(String.fromCharCode(i % 256));
			clock.pass(1000);
		}
		const delays = out.map(({at}, i) => at - i * 1000);
		expect(Math.min(...delays)).toBeGreaterThanOrEqual(50);
		expect(Math.min(...delays)).toBeLessThan(55);
		expect(Math.max(...delays)).toBeLessThanOrEqual(150);
		expect(Math.max(...delays)).toBeGreaterThan(145);
		for (let i = 0; i < 9; i++) say(String(i));
		clock.pass(1000);
		expect(text().slice(400)).toBe('012345678');
	});
});

describe('bandwidth', () => {
	it.each([
		[1, 10_000],
		[100, 64],
		[100, 100_000],
		[50_000, 1_000_000],
	])('%d kB/s in writes of %d bytes is that rate', (kilobytesPerSecond, size) => {
		const {clock, chain, out} = build(bandwidth({kilobytesPerSecond}, random));
		const total = kilobytesPerSecond * 1000 * 3;
		for (let sent = 0; sent < total; sent += size) chain.take(Buffer.alloc(Math.min(size, total - sent)));
		clock.pass(2000);
		const passed = out.reduce((sum, {bytes}) => sum + bytes.length, 0);
		expect(passed).toBeLessThanOrEqual(kilobytesPerSecond * 2000);
		expect(passed).toBeGreaterThan(kilobytesPerSecond * 2000 * 0.98);
		clock.pass(1001);
		expect(out.reduce((sum, {bytes}) => sum + bytes.length, 0)).toBe(total);
	});

	it('has nothing to catch up with after a rest', () => {
		const {clock, out, say} = build(bandwidth({kilobytesPerSecond: 1}, random));
		clock.pass(60_000);
		say('x'.repeat(1000));
		clock.pass(500);
		expect(out.reduce((sum, {bytes}) => sum + bytes.length, 0)).toBe(500);
	});

	it('makes up for a timer that was late', () => {
		let now = 0;
		let due: (() => void) | undefined;
		const after = (_: number, then: () => void) => {
			due = then;
			return () => {};
		};
		let passed = 0;
		const chain = createChain({
			clock: {now: () => now, after},
			leave: piece => {
				passed += piece.length;
			},
			cut: () => {},
		});
		chain.add(1, bandwidth({kilobytesPerSecond: 10}, random));
		for (let i = 0; i < 1000; i++) chain.take(Buffer.alloc(100));
		for (let turn = 0; turn < 50; turn++) {
			now += 137;
			due!();
		}
		expect(passed / now).toBeGreaterThan(10 * 0.95);
		expect(passed / now).toBeLessThanOrEqual(10);
	});
});

describe('slow-close', () => {
	it('keeps only the FIN', () => {
		const {clock, chain, said, say} = build(slowClose({delayMs: 300}, random));
		say('a');
		chain.take('end');
		clock.pass(1000);
		expect(said).toEqual(['0 a', '300 end']);
	});
});

describe('timeout', () => {
	it('lets nothing pass, and closes after its time', () => {
		const {clock, chain, said, say} = build(timeout({afterMs: 500}, random));
		say('a');
		clock.pass(499);
		expect(said).toEqual([]);
		clock.pass(1000);
		chain.take(Buffer.from('late'));
		expect(said.slice(0, 2)).toEqual(['500 end', '500 cut close']);
	});

	it('without a time lasts until it is removed, and then all arrives', () => {
		const {clock, chain, said, say} = build(timeout({afterMs: 0}, random));
		say('a');
		say('b');
		chain.take('end');
		clock.pass(1e9);
		expect(said).toEqual([]);
		expect(clock.pending).toBe(0);
		chain.remove(0);
		expect(said).toEqual(['1000000000 a', '1000000000 b', '1000000000 end']);
	});
});

describe('reset-peer', () => {
	it('also meets a connection on which nothing is said', () => {
		const {clock, cuts, said, say} = build(resetPeer({afterMs: 250}, random));
		clock.pass(100);
		say('a');
		clock.pass(149);
		expect(said).toEqual(['100 a']);
		clock.pass(1);
		expect(cuts).toEqual(['reset']);
	});

	it('does nothing once it is removed', () => {
		const {clock, chain, cuts} = build(resetPeer({afterMs: 250}, random));
		chain.remove(0);
		clock.pass(1000);
		expect([cuts, clock.pending]).toEqual([[], 0]);
	});
});

describe('loss', () => {
	it('is a delay of 200 ms, doubling, for its share of the pieces, and of no byte', () => {
		const {clock, out, say} = build(loss({share: 0.25}, seededRandom(5)));
		for (let i = 0; i < 2000; i++) {
			say('x');
			clock.pass(400_000);
		}
		const delays = out.map(({at}, i) => at - i * 400_000);
		expect(out.length).toBe(2000);
		const share = (ms: number) => delays.filter(delay => delay === ms).length / 2000;
		expect(share(0)).toBeGreaterThan(0.72);
		expect(share(0)).toBeLessThan(0.78);
		expect(share(200)).toBeGreaterThan(0.16);
		expect(share(600)).toBeGreaterThan(0.03);
		expect(share(0) + share(200) + share(600) + share(1400)).toBeGreaterThan(0.98);
	});
});

describe('slicer', () => {
	it('cuts what comes into pieces of its size with its pause after each, and changes no byte', () => {
		fc.assert(
			fc.property(
				fc.array(fc.uint8Array({minLength: 1, maxLength: 300}), {maxLength: 20}),
				fc.integer({min: 1, max: 100}),
				fc.integer({min: 0, max: 120}),
				fc.integer({min: 0, max: 15}),
				(writes, averageBytes, variationBytes, delayMs) => {
					const {clock, chain, out} = build(slicer({averageBytes, variationBytes, delayMs}, seededRandom(9)));
					for (const write of writes) chain.take(Buffer.from(write));
					clock.pass(1e6);
					expect(Buffer.concat(out.map(({bytes}) => bytes)).equals(Buffer.concat(writes))).toBe(true);
					for (const [i, {at, bytes}] of out.entries()) {
						expect(bytes.length).toBeLessThanOrEqual(averageBytes + variationBytes);
						if (i > 0) expect(at - out[i - 1]!.at).toBeGreaterThanOrEqual(delayMs);
					}
				},
			),
		);
	});
});

describe('limit-data', () => {
	it('lets exactly its bytes pass and then the FIN, wherever the writes are cut', () => {
		fc.assert(
			fc.property(
				fc.array(fc.uint8Array({minLength: 1, maxLength: 300}), {maxLength: 20}),
				fc.integer({min: 1, max: 3000}),
				(writes, bytes) => {
					const {chain, out, said, cuts} = build(limitData({bytes}, random));
					const all = Buffer.concat(writes);
					for (const write of writes) if (cuts.length === 0) chain.take(Buffer.from(write));
					expect(Buffer.concat(out.map(each => each.bytes)).equals(all.subarray(0, bytes))).toBe(true);
					expect(cuts).toEqual(all.length >= bytes ? ['close'] : []);
					if (cuts.length > 0) expect(said.slice(-2)).toEqual(['0 end', '0 cut close']);
				},
			),
		);
	});

	it('waits with the FIN for bytes that a toxic behind it still keeps', () => {
		const {clock, said, say} = build(limitData({bytes: 2}, random), latency({latencyMs: 100, jitterMs: 0}, random));
		say('abc');
		clock.pass(1000);
		expect(said).toEqual(['0 cut close', '100 ab', '100 end']);
	});
});

describe('a chain', () => {
	const makers = [
		(draw: () => number) => latency({latencyMs: draw() * 50, jitterMs: draw() * 50}, draw),
		(draw: () => number) => bandwidth({kilobytesPerSecond: 1 + Math.floor(draw() * 100)}, draw),
		(draw: () => number) =>
			slicer({averageBytes: 1 + Math.floor(draw() * 90), variationBytes: 9, delayMs: draw()}, draw),
		(draw: () => number) => loss({share: draw() / 2}, draw),
		(draw: () => number) => timeout({afterMs: 0}, draw),
		(draw: () => number) => slowClose({delayMs: draw() * 500}, draw),
	];

	it('loses, repeats and reorders nothing while toxics come and go', () => {
		fc.assert(
			fc.property(fc.integer(), seed => {
				const draw = seededRandom(seed);
				const {clock, chain, out, said} = build();
				const sent: Buffer[] = [];
				let present: number[] = [];
				for (let id = 100; id < 200; id++) {
					if (draw() < 0.3) {
						chain.add(id, makers[Math.floor(draw() * makers.length)]!(draw));
						present.push(id);
					}
					if (draw() < 0.3 && present.length > 0) {
						const [gone] = present.splice(Math.floor(draw() * present.length), 1);
						chain.remove(gone!);
					}
					const bytes = randomBytes(1 + Math.floor(draw() * 200));
					sent.push(bytes);
					chain.take(bytes);
					clock.pass(draw() * 20);
				}
				chain.take('end');
				for (const id of present) chain.remove(id);
				present = [];
				expect(chain.isEmpty).toBe(true);
				expect(clock.pending).toBe(0);
				expect(Buffer.concat(out.map(({bytes}) => bytes)).equals(Buffer.concat(sent))).toBe(true);
				expect(said.at(-1)).toMatch(/ end$/);
			}),
			{numRuns: 200},
		);
	});
});
