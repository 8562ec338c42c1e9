import fc from 'fast-check';
import {expect, test} from 'vitest';
import {createPackedPages} from '../../src/ledger/packed-pages.ts';

test('gives back what was added, once, whatever came between', () => {
	const step = fc.record({
		key: fc.nat(30),
		isAdded: fc.boolean(),
		length: fc.oneof(fc.integer({min: 1, max: 900}), fc.integer({min: 1, max: 34_000})),
		fill: fc.nat(255),
	});
	fc.assert(
		fc.property(fc.array(step, {maxLength: 300}), steps => {
			const pages = createPackedPages();
			const expected = new Map<number, Buffer>();
			for (const {key, isAdded, length, fill} of steps) {
				if (isAdded && !expected.has(key)) {
					const page = Buffer.alloc(length, fill);
					pages.add(key, page);
					expected.set(key, Buffer.from(page));
					page.fill(0);
				} else {
					const taken = pages.take(key);
					expect(taken && Buffer.from(taken)).toEqual(expected.get(key));
					expected.delete(key);
				}
			}
			const left = new Map([...pages].map(([key, page]) => [key, Buffer.from(page)]));
			expect(left).toEqual(expected);
		}),
	);
});

test('what is taken and added again and again takes no more memory', () => {
	const pages = createPackedPages();
	for (let key = 0; key < 50; key++) pages.add(key, Buffer.alloc(1000, key));
	for (let turn = 0; turn < 10_000; turn++) {
		const key = turn % 50;
		pages.add(key, Buffer.from(pages.take(key)!));
	}
	expect(pages.bytes).toBeLessThan(10 * 50 * 1000);
	for (const [key, page] of pages) expect(page).toEqual(new Uint8Array(1000).fill(key));
});
