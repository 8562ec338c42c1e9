import {describe, expect, it} from 'vitest';
import {createFrames} from '../../src/load-balancer/frame.ts';

describe('a frame', () => {
	it('that waits long keeps its own lines and none of the memory around them', () => {
		const frames = createFrames();
		const frame = frames.take();
		const slab = Buffer.alloc(65_536, '-');
		slab.write('#a one\n', 1000);
		Object.assign(frame, {bytes: slab.subarray(900, 2000), start: 100, end: 107});
		frames.keepApart(frame);
		slab.fill('!');
		expect(frame.bytes.toString('latin1', frame.start, frame.end)).toBe('#a one\n');
		expect(frame.bytes.buffer.byteLength).toBe(7);
		const {bytes} = frame;
		frames.keepApart(frame);
		expect(frame.bytes).toBe(bytes);
	});

	it('whose lines are forgotten has none to keep', () => {
		const frames = createFrames();
		const frame = frames.take();
		Object.assign(frame, {bytes: Buffer.alloc(65_536), start: 0, end: 40_000});
		frames.forgetLines(frame);
		frames.keepApart(frame);
		expect(frame.bytes.length).toBe(0);
	});
});
