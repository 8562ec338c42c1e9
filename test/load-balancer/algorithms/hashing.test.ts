import {readFileSync} from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {Algorithm} from '../../../src/load-balancer/algorithms/algorithm.ts';
import {crc32} from '../../../src/load-balancer/algorithms/hash.ts';
import {algorithms} from '../../../src/load-balancer/algorithms/index.ts';
import {maglev} from '../../../src/load-balancer/algorithms/maglev.ts';
import {candidatesOf, countsOf, equals, questionOf, type TestCandidate} from '../support/candidates.ts';

type Pool = {servers: {host: string; port: number; weight: number}[]; chosen: Record<string, string>};
const {pools} = JSON.parse(readFileSync(path.join(import.meta.dirname, 'nginx-hash.json'), 'utf8')) as {pools: Pool[]};

const keys = Array.from({length: 10_000}, (_, i) => `c${i}`);
const asking = (key: string) => questionOf({key: () => key, address: () => key});
const homes = (algorithm: Algorithm, candidates: TestCandidate[]) =>
	keys.map(key => algorithm.next(candidates, asking(key))!.index);

it('crc32 is the one of zlib', () => {
	expect(crc32('123456789')).toBe(0xcbf43926);
	expect(crc32('Grüße')).toBe(crc32('ße', crc32('Grü')));
});

describe('ring-hash', () => {
	it.each(pools)('sends each key where nginx sends it, of $servers.length servers', ({servers, chosen}) => {
		const candidates = candidatesOf(servers.map(({weight}) => weight)).map((each, place) => ({
			...each,
			...servers[place],
		}));
		const algorithm = algorithms['ring-hash']();
		const ours = Object.keys(chosen).map(key => {
			const {host, port} = algorithm.next(candidates, asking(key))!;
			return [key, `${host}:${port}`];
		});
		expect(Object.fromEntries(ours)).toEqual(chosen);
		expect(ours.length).toBeGreaterThan(50);
	});

	it('gives points to a server whose weight is not whole', () => {
		const counts = countsOf(homes(algorithms['ring-hash'](), candidatesOf([1, 0.1])), 2);
		expect(counts[1]! / counts[0]!).toBeGreaterThan(0.04);
		expect(counts[1]! / counts[0]!).toBeLessThan(0.2);
	});
});

describe('maglev', () => {
	it.each([{weights: [1, 1, 1, 1, 1]}, {weights: [3, 2, 1]}, {weights: [0.5, 1, 10]}])(
		'fills its table evenly: $weights',
		({weights}) => {
			const {owners} = maglev(candidatesOf(weights));
			expect(owners.length).toBe(65_537);
			const total = weights.reduce((sum, weight) => sum + weight, 0);
			for (const [place, count] of countsOf([...owners], weights.length).entries()) {
				expect(Math.abs(count / owners.length / (weights[place]! / total) - 1)).toBeLessThan(0.01);
			}
		},
	);

	it('moves few slots of the others when a server goes', () => {
		const candidates = equals(10);
		const before = maglev(candidates).owners;
		const after = maglev(candidates.slice(0, 9)).owners;
		const stayed = [...before].filter(owner => owner !== 9).length;
		const moved = [...before].filter((owner, slot) => owner !== 9 && after[slot] !== owner).length;
		expect(moved / stayed).toBeLessThan(0.1);
	});

	it('takes a larger table for more than 655 servers', () => {
		expect(maglev(equals(655)).owners.length).toBe(65_537);
		expect(maglev(equals(656)).owners.length).toBe(655_373);
	});
});

describe.each([
	{name: 'ring-hash', most: 0},
	{name: 'maglev', most: 0.05},
	{name: 'bounded-load', most: 0},
	{name: 'bounded-load:maglev', most: 0.05},
] as const)('$name', ({name, most}) => {
	it('moves only the keys of a server that goes, or few others', () => {
		const candidates = equals(5);
		const before = homes(algorithms[name](), candidates);
		const after = homes(algorithms[name](), candidates.slice(0, 4));
		const others = before.filter(index => index !== 4).length;
		const moved = before.filter((index, at) => index !== 4 && after[at] !== index).length;
		expect(moved / others).toBeLessThanOrEqual(most);
		expect(others).toBeLessThan(keys.length);
	});
});

describe('source-hash', () => {
	it('goes by the address, as the weights are', () => {
		const algorithm = algorithms['source-hash']();
		const candidates = candidatesOf([1, 3]);
		const counts = countsOf(homes(algorithm, candidates), 2);
		expect(counts[1]! / counts[0]!).toBeGreaterThan(2.7);
		expect(counts[1]! / counts[0]!).toBeLessThan(3.3);
		const sameAddress = keys.map(key =>
			algorithm.next(candidates, questionOf({key: () => key, address: () => '10.0.0.1'})),
		);
		expect(new Set(sameAddress).size).toBe(1);
	});

	it('takes the next one while a server is full, and comes back', () => {
		const algorithm = algorithms['source-hash']();
		const candidates = equals(3, {maxInFlight: 1});
		const home = algorithm.next(candidates, asking('c1'))!;
		home.inFlight = 1;
		expect(algorithm.next(candidates, asking('c1'))!.index).toBe((home.index + 1) % 3);
		home.inFlight = 0;
		expect(algorithm.next(candidates, asking('c1'))).toBe(home);
	});
});

describe.each(['bounded-load', 'bounded-load:maglev'] as const)('%s', name => {
	it('never gives a server more than 1.25 of its part, rounded up, and sends the rest on', () => {
		const weights = fc.array(fc.integer({min: 1, max: 5}), {minLength: 2, maxLength: 6});
		fc.assert(
			fc.property(weights, fc.array(fc.nat(3), {minLength: 1, maxLength: 120}), (weights, messages) => {
				const algorithm = algorithms[name]();
				const candidates = candidatesOf(weights);
				const total = weights.reduce((sum, weight) => sum + weight, 0);
				for (const [sent, message] of messages.entries()) {
					const chosen = algorithm.next(candidates, asking(`c${message}`))!;
					chosen.inFlight++;
					expect(chosen.inFlight).toBeLessThanOrEqual(Math.ceil((1.25 * (sent + 1) * chosen.weight) / total));
				}
			}),
			{numRuns: name === 'bounded-load' ? 100 : 10},
		);
	});

	it('is the plain table while there is little load, and knows of load that has gone', () => {
		const candidates = equals(4);
		const plain = algorithms[name === 'bounded-load' ? 'ring-hash' : 'maglev']();
		const algorithm = algorithms[name]();
		for (const key of keys.slice(0, 100)) {
			const chosen = algorithm.next(candidates, asking(key))!;
			expect(chosen).toBe(plain.next(candidates, asking(key)));
			chosen.inFlight++;
			chosen.inFlight--;
			algorithm.freed!(chosen);
		}
		const home = algorithm.next(candidates, asking('c7'))!;
		home.inFlight = 2;
		expect(algorithm.next(candidates, asking('c7'))).not.toBe(home);
	});
});
