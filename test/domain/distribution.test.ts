import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {type Distribution, drawMs, formatDistribution, parseDistribution} from '../../src/domain/distribution.ts';
import {seededRandom} from '../../src/domain/random.ts';

describe('parseDistribution', () => {
	it.each([
		['0', {type: 'constant', ms: 0}],
		['5ms', {type: 'constant', ms: 5}],
		['exp:5ms', {type: 'exp', meanMs: 5}],
		['uniform:2ms:8ms', {type: 'uniform', fromMs: 2, toMs: 8}],
		['uniform:0:1s', {type: 'uniform', fromMs: 0, toMs: 1000}],
		['lognormal:5ms:0.5', {type: 'lognormal', medianMs: 5, sigma: 0.5}],
		['lognormal:5ms:0', {type: 'lognormal', medianMs: 5, sigma: 0}],
	])('%s', (text, distribution) => expect(parseDistribution(text)).toEqual(distribution));

	it.each([
		'',
		'5',
		'fast',
		'exp',
		'exp:',
		'exp:5',
		'exp:5ms:6ms',
		'uniform:2ms',
		'uniform:8ms:2ms',
		'uniform:2ms:8ms:9ms',
		'lognormal:5ms',
		'lognormal:5ms:x',
		'lognormal:5ms:-1',
		'lognormal:5ms:Infinity',
		'lognormal:5ms:0.5:1',
		'5ms:6ms',
		'constructor:5ms',
	])('%j means none', text => expect(parseDistribution(text)).toBeUndefined());
});

const ms = fc.nat(40_000).map(quarters => quarters / 4);
const distribution: fc.Arbitrary<Distribution> = fc.oneof(
	fc.record({type: fc.constant('constant' as const), ms}),
	fc.record({type: fc.constant('exp' as const), meanMs: ms}),
	fc.tuple(ms, ms).map(([a, b]) => ({type: 'uniform' as const, fromMs: Math.min(a, b), toMs: Math.max(a, b)})),
	fc.record({type: fc.constant('lognormal' as const), medianMs: ms, sigma: fc.nat(8).map(eighths => eighths / 8)}),
);

it('law: what is formatted parses into what was formatted', () => {
	fc.assert(
		fc.property(distribution, each => {
			expect(parseDistribution(formatDistribution(each))).toEqual(each);
		}),
	);
});

it('law: a draw is a time, also at the ends of chance', () => {
	const chance = fc.oneof(fc.constantFrom(0, 1 - 2 ** -32), fc.double({min: 0, max: 1 - 2 ** -32, noNaN: true}));
	fc.assert(
		fc.property(distribution, chance, (each, value) => {
			const drawn = drawMs(each, () => value);
			expect(drawn).toBeGreaterThanOrEqual(0);
			expect(Number.isFinite(drawn)).toBe(true);
		}),
	);
});

describe('many draws', () => {
	const draws = (text: string) => {
		const random = seededRandom(7);
		const each = parseDistribution(text)!;
		return Array.from({length: 100_000}, () => drawMs(each, random)).sort((a, b) => a - b);
	};
	const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
	const at = (values: number[], quantile: number) => values[Math.floor(quantile * values.length)]!;

	it('of a constant are it', () => expect(new Set(draws('5ms'))).toEqual(new Set([5])));

	it('of exp have its mean, and 1 in 100 is above 4.6 times that', () => {
		const values = draws('exp:5ms');
		expect(Math.abs(mean(values) - 5)).toBeLessThan(0.1);
		expect(Math.abs(at(values, 0.99) - 5 * Math.log(100))).toBeLessThan(1);
	});

	it('of uniform lie within it, evenly', () => {
		const values = draws('uniform:2ms:8ms');
		expect(values[0]).toBeGreaterThanOrEqual(2);
		expect(values.at(-1)).toBeLessThan(8);
		for (const quantile of [0.25, 0.5, 0.75])
			expect(Math.abs(at(values, quantile) - (2 + 6 * quantile))).toBeLessThan(0.1);
	});

	it('of lognormal have its median, and its sigma between the quantiles', () => {
		const values = draws('lognormal:5ms:0.5');
		expect(Math.abs(at(values, 0.5) - 5)).toBeLessThan(0.1);
		// One standard deviation of the logarithm above the median.
		expect(Math.abs(at(values, 0.8413) - 5 * Math.exp(0.5))).toBeLessThan(0.2);
	});
});
