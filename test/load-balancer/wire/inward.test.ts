import {describe, expect, it} from 'vitest';
import type {Connection} from '../../../src/load-balancer/transport.ts';
import {createInward} from '../../../src/load-balancer/wire/inward.ts';
import {timeout} from '../../../src/load-balancer/wire/toxics/timeout.ts';
import {virtualClock} from '../support/virtual-clock.ts';

function build() {
	const asked: string[] = [];
	const got: string[] = [];
	const inner = {pause: () => asked.push('pause'), resume: () => asked.push('resume')} as unknown as Connection;
	const inward = createInward({
		...{inner, clock: virtualClock(), isPaused: false},
		received: bytes => got.push(bytes.toString('latin1')),
		ended: () => got.push('<end>'),
		cut: () => {},
		idle: () => got.push('<idle>'),
	});
	inward.add(
		1,
		timeout({afterMs: 0}, () => 0),
	);
	return {inward, asked, got};
}

describe('what is received on its way through toxics', () => {
	it('is a copy: the reader has one buffer for all', () => {
		const {inward, got} = build();
		const buffer = Buffer.from('abc');
		inward.take(buffer);
		buffer.fill('x');
		inward.remove(1);
		expect(got).toEqual(['abc', '<idle>']);
	});

	it('is not read any more when 1 MiB is kept, until half of it has gone', () => {
		const {inward, asked} = build();
		for (let i = 0; i < 16; i++) inward.take(Buffer.alloc(65_536));
		expect(asked).toEqual([]);
		inward.take(Buffer.alloc(1));
		expect([asked, inward.isFull]).toEqual([['pause'], true]);
		inward.remove(1);
		expect([asked, inward.isFull]).toEqual([['pause', 'resume'], false]);
	});

	it('waits while its receiver takes nothing, and keeps its order then', () => {
		const {inward, got} = build();
		inward.take(Buffer.from('a'));
		inward.take('end');
		inward.pause();
		inward.remove(1);
		expect(got).toEqual([]);
		inward.resume();
		expect(got).toEqual(['a', '<end>', '<idle>']);
	});
});
