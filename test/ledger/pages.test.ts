import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {createAccount} from '../../src/ledger/account.ts';
import {bitOf, pageMessages, pageWords, rareWords, wordOf} from '../../src/ledger/page.ts';
import {createPages} from '../../src/ledger/pages.ts';

describe('pages that are packed and opened again', () => {
	const mark = fc.record({
		client: fc.integer({min: 1, max: 90}),
		sequence: fc.oneof(fc.integer({min: 1, max: 40 * pageMessages}), fc.constantFrom(1, 2 ** 32 - 1)),
		set: fc.integer({min: 0, max: 6}),
		isRare: fc.boolean(),
	});

	test('hold exactly what was noted, whatever its order', () => {
		fc.assert(
			fc.property(fc.array(mark, {minLength: 300, maxLength: 600}), marks => {
				const pages = createPages();
				const noted = new Set<string>();
				for (const {client, sequence, set, isRare} of marks) {
					const page = pages.at(client, sequence, set + 1);
					if (isRare) page.rare ??= new Uint32Array(rareWords);
					const words = isRare ? page.rare! : page.common;
					const kept = isRare ? set % 4 : set;
					words[kept * pageWords + wordOf(sequence)]! |= bitOf(sequence);
					noted.add(`${client}-${sequence} ${isRare} ${kept}`);
				}
				const has = ({client, sequence}: (typeof marks)[number], set: number, isRare: boolean) => {
					const page = pages.find(client, sequence);
					const words = isRare ? page?.rare : page?.common;
					return ((words?.[set * pageWords + wordOf(sequence)] ?? 0) & bitOf(sequence)) !== 0;
				};
				const wrong = marks.filter(each =>
					[0, 1, 2, 3, 4, 5, 6].some(
						set =>
							has(each, set, false) !== noted.has(`${each.client}-${each.sequence} false ${set}`) ||
							(set < 4 && has(each, set, true) !== noted.has(`${each.client}-${each.sequence} true ${set}`)),
					),
				);
				expect(wrong).toEqual([]);
				const bits = [...pages.all()].reduce((sum, page) => sum + bitsIn(page.common) + bitsIn(page.rare ?? []), 0);
				expect(bits).toBe(noted.size);
			}),
			{numRuns: 10},
		);
	});

	test('keep to few open ones, also when all are asked for', () => {
		const pages = createPages();
		const all = 500;
		for (let block = 0; block < all; block++) pages.at(1, block * pageMessages, 5);
		for (let block = 0; block < all; block++) expect(pages.find(1, block * pageMessages)).toBeDefined();
		const slab = 64 * 1024;
		expect(pages.bytes()).toBeLessThan(slab + 100 * 5 * 4 * pageWords);
	});

	test('leave their memory to the next', () => {
		const pages = createPages();
		const memory = new Set<Uint32Array | undefined>();
		for (let block = 0; block < 100; block++) {
			const page = pages.at(1, block * pageMessages, 5);
			page.rare ??= new Uint32Array(rareWords);
			expect([...page.common, ...page.rare].some(word => word !== 0)).toBe(false);
			page.common.fill(block);
			page.rare.fill(block);
			memory.add(page.common).add(page.rare);
		}
		expect(memory.size).toBeLessThan(10);
		for (let block = 0; block < 100; block++) {
			const {common, rare} = pages.find(1, block * pageMessages)!;
			expect(new Set([...common, ...(rare ?? [0])])).toEqual(new Set([block]));
		}
	});
});

test('a message that all went well with, or nearly, takes a third of a byte for good', () => {
	const account = createAccount();
	const all = 1_000_000;
	for (let number = 0; number < all; number++) {
		const [client, sequence] = [1 + (number % 10), 1 + Math.floor(number / 10)];
		const server = Math.imul(number, 0x9e3779b1) >>> 31;
		account.begin(client, sequence, true);
		account.execute(client, sequence, server);
		// One in two hundred is executed by both servers, as where a retry reaches the other one.
		if (number % 200 === 0) account.execute(client, sequence, 1 - server);
		account.ack(client, sequence, server);
	}
	expect(account.counts).toMatchObject({begun: all, acked: all, executed: all, doubles: all / 200});
	expect(account.gaps()).toBe(0);
	expect(account.bytes() / all).toBeLessThan(1 / 3);
});

function bitsIn(words: Iterable<number>): number {
	let bits = 0;
	for (let word of words) for (; word !== 0; word &= word - 1) bits++;
	return bits;
}
