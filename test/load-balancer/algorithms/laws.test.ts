import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {type AlgorithmName, algorithmNames} from '../../../src/domain/algorithm.ts';
import {seededRandom} from '../../../src/domain/random.ts';
import {type Algorithm, isFull} from '../../../src/load-balancer/algorithms/algorithm.ts';
import {algorithms} from '../../../src/load-balancer/algorithms/index.ts';
import {candidatesOf, countsOf, end, equals, questionOf, sendTo, type TestCandidate} from '../support/candidates.ts';

const server = fc.record({
	weight: fc.oneof(fc.integer({min: 0, max: 9}), fc.double({min: 0.01, max: 3, noNaN: true})),
	maxInFlight: fc.nat(4),
});
const servers = fc.array(server, {minLength: 1, maxLength: 8});
const steps = fc.array(
	fc.record({
		key: fc.nat(20),
		avoid: fc.option(fc.nat(7)),
		ends: fc.nat(3),
		fails: fc.boolean(),
		leaves: fc.option(fc.nat(7)),
	}),
	{maxLength: 60},
);
type Server = {weight: number; maxInFlight: number};
type Step = {key: number; avoid: number | null; ends: number; fails: boolean; leaves: number | null};

function make(weights: Server[]): TestCandidate[] {
	return candidatesOf(weights.map(({weight}) => weight)).map((each, index) => ({...each, ...weights[index]}));
}

/** Plays arrivals, answers, failures, and servers that come and go; `look` sees every choice. */
function play(
	algorithm: Algorithm,
	all: TestCandidate[],
	steps: Step[],
	look: (chosen: TestCandidate | undefined, candidates: TestCandidate[], avoid: TestCandidate | undefined) => void,
) {
	const random = seededRandom(7);
	let candidates = all;
	let at = 1;
	for (const step of steps) {
		if (step.leaves !== null) {
			const left = all.filter((_, place) => place !== step.leaves);
			candidates = left.length > 0 ? left : [...all];
		}
		const avoid = step.avoid === null ? undefined : all[step.avoid];
		const key = () => `c${step.key}`;
		const chosen = algorithm.next(candidates, {key, address: key, random, now: () => at, avoid});
		look(chosen, candidates, avoid);
		if (chosen) chosen.inFlight++;
		if (chosen && step.fails) algorithm.failed?.(chosen);
		for (const candidate of all.filter(({inFlight}) => inFlight > 0).slice(0, step.ends)) {
			end(algorithm, candidate);
			algorithm.answered?.(candidate, step.key, at);
		}
		at += 100;
	}
}

describe.each(algorithmNames)('%s', (name: AlgorithmName) => {
	const create = algorithms[name];

	it('chooses a server that is neither full nor avoided while there is one, one of weight 0 only at last', () => {
		fc.assert(
			fc.property(servers, steps, (weights, steps) => {
				play(create(), make(weights), steps, (chosen, candidates, avoid) => {
					const open = candidates.filter(each => each !== avoid && !isFull(each));
					const weighty = open.filter(({weight}) => weight > 0);
					if (open.length === 0) expect(chosen).toBeUndefined();
					else expect(weighty.length > 0 ? weighty : open).toContain(chosen);
				});
			}),
			{numRuns: name.includes('maglev') ? 10 : 100},
		);
	});

	it("shares out as many as there is room for, over nobody's limit, and leaves the loads as they were", () => {
		fc.assert(
			fc.property(servers, fc.nat(100), (weights, count) => {
				const candidates = make(weights);
				const room = candidates.reduce((sum, {maxInFlight}) => sum + (maxInFlight || 1000), 0);
				const shares = create().share(candidates, count, questionOf({now: () => 1}));
				expect(shares.reduce((sum, share) => sum + share, 0)).toBe(Math.min(count, room));
				for (const [place, {maxInFlight, inFlight}] of candidates.entries()) {
					expect(inFlight).toBe(0);
					if (maxInFlight > 0) expect(shares[place]).toBeLessThanOrEqual(maxInFlight);
				}
			}),
			{numRuns: name.includes('maglev') ? 10 : 100},
		);
	});

	it('chooses the same again with the same seed and the same arrivals', () => {
		fc.assert(
			fc.property(servers, steps, (weights, steps) => {
				const [one, other] = [[] as unknown[], [] as unknown[]];
				play(create(), make(weights), steps, chosen => one.push(chosen?.index));
				play(create(), make(weights), steps, chosen => other.push(chosen?.index));
				expect(one).toEqual(other);
			}),
			{numRuns: name.includes('maglev') ? 5 : 50},
		);
	});

	it('can say why', () => {
		const algorithm = create();
		const candidates = equals(3);
		const question = questionOf({key: () => 'c7', address: () => '10.0.0.1'});
		for (let picks = 0; picks < 3; picks++) {
			const chosen = algorithm.next(candidates, question)!;
			expect(algorithm.explain(candidates, question, chosen)).toMatch(/\S/);
			chosen.inFlight++;
		}
	});

	it('works with 10,000 servers', () => {
		const algorithm = create();
		const candidates = equals(10_000, {maxInFlight: 5});
		let message = 0;
		const key = () => `c${message++}`;
		const chosen = sendTo(algorithm, candidates, 2000, questionOf({key, address: key, now: () => 1}));
		expect(chosen).not.toContain(undefined);
		const most = Math.max(...countsOf(chosen, candidates.length));
		expect(most).toBeLessThanOrEqual(
			name === 'first' ? 5 : name.includes('hash') || name === 'maglev' || name === 'random' ? 5 : 4,
		);
		expect(
			algorithm.explain(candidates, questionOf({key, address: key}), candidates[chosen.at(-1)!]!).length,
		).toBeLessThan(400);
	});
});
