import {describe, expect, test} from 'vitest';
import {drawMessage, messageKinds} from '../../src/domain/message-kinds.ts';
import {seededRandom} from '../../src/domain/random.ts';

const drawsOf = (kind: keyof typeof messageKinds) => {
	const random = seededRandom(1);
	return Array.from({length: 300}, () => messageKinds[kind].draw(random));
};
const bytes = (text: string) => Buffer.byteLength(text);

describe('each kind is what its name says', () => {
	const laws: [keyof typeof messageKinds, (text: string) => boolean][] = [
		['greeting', text => /^[A-Z ]+$/.test(text)],
		['number', text => /^\d+$/.test(text)],
		['json', text => typeof JSON.parse(text) === 'object'],
		['foreign', text => bytes(text) > text.length],
		['emptyLooking', text => text.length > 0 && /^[\s\u200b-\u200d\u2060\ufeff]+$/.test(text)],
		['long', text => bytes(text) >= 1024 && bytes(text) <= 2048],
	];
	test.each(laws)('%s', (kind, holds) => {
		expect(drawsOf(kind).filter(text => !holds(text))).toEqual([]);
	});
	test.each(laws)('%s is known again, and by no other kind', kind => {
		const others = laws.map(([other]) => other).filter(other => other !== kind);
		expect(drawsOf(kind).filter(text => !messageKinds[kind].is(text))).toEqual([]);
		expect(drawsOf(kind).filter(text => others.some(other => messageKinds[other].is(text)))).toEqual([]);
	});
	test('none ends its line', () => {
		expect(laws.flatMap(([kind]) => drawsOf(kind)).filter(text => /[\r\n]/.test(text))).toEqual([]);
	});
});

test('the mix holds all of them, and the seed repeats it', () => {
	const mixOf = (seed: number) => {
		const random = seededRandom(seed);
		return Array.from({length: 1000}, () => drawMessage(random));
	};
	const mix = mixOf(3);
	expect(mix).toContain('HAI IDO');
	expect(mix.filter(text => text.length >= 1024).length).toBeGreaterThan(10);
	expect(mix.filter(text => text.trim() === '').length).toBeGreaterThan(10);
	expect(mix.filter(text => text.startsWith('{')).length).toBeGreaterThan(80);
	expect(mixOf(3)).toEqual(mix);
	expect(mixOf(4)).not.toEqual(mix);
});
