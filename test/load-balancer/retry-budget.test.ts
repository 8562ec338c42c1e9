import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {createRetryBudget} from '../../src/load-balancer/retry-budget.ts';

const usual = {percent: 20, perSecond: 10, ttlMs: 10_000};

/** A budget and the clock that it goes by. */
function budgetOf(settings = usual) {
	const clock = {ms: 5000};
	return {clock, budget: createRetryBudget(settings, () => clock.ms)};
}

/** How many retries it grants one after another, now. */
function granted(budget: {withdraw(retries: number): boolean}): number {
	let count = 0;
	while (count < 100_000 && budget.withdraw(1)) count++;
	return count;
}

describe("Finagle's accounting", () => {
	test.each([
		[usual, 0, 100],
		[usual, 1000, 300],
		[usual, 4, 100],
		[usual, 5, 101],
		[{...usual, percent: 100}, 10, 110],
		[{...usual, percent: 10}, 1000, 200],
		[{...usual, perSecond: 0}, 1000, 200],
		[{...usual, perSecond: 0}, 0, 0],
		[{...usual, percent: 0}, 1000, 100],
		[{percent: 0, perSecond: 0, ttlMs: 10_000}, 1000, 0],
	])('%j after %i messages grants %i retries', (settings, messages, retries) => {
		const {budget} = budgetOf(settings);
		budget.deposit(messages);
		expect(budget.balance).toBe(retries);
		expect(granted(budget)).toBe(retries);
		expect(budget.balance).toBe(0);
	});
	test('what came in is forgotten after 10 s, and so is what was taken out', () => {
		const {clock, budget} = budgetOf();
		budget.deposit(1000);
		clock.ms += 9000;
		expect(budget.balance).toBe(300);
		expect(granted(budget)).toBe(300);
		clock.ms += 1000;
		expect(budget.balance).toBe(0);
		clock.ms += 9000;
		expect(budget.balance).toBe(100);
	});
	test('the reserve comes back 10 s after it was taken, not before', () => {
		const {clock, budget} = budgetOf();
		expect(granted(budget)).toBe(100);
		clock.ms += 9000;
		expect(granted(budget)).toBe(0);
		clock.ms += 1000;
		expect(granted(budget)).toBe(100);
	});
	test('slices without anything in them count as time too', () => {
		const {clock, budget} = budgetOf();
		budget.deposit(1000);
		clock.ms += 1500;
		budget.deposit(1000);
		clock.ms += 8400;
		expect(budget.balance).toBe(500);
		clock.ms += 1000;
		expect(budget.balance).toBe(300);
		clock.ms += 60_000;
		expect(budget.balance).toBe(100);
	});
	test('many at once cost what they cost one by one, and all or none is granted', () => {
		const {budget} = budgetOf();
		expect(budget.withdraw(101)).toBe(false);
		expect(budget.withdraw(60)).toBe(true);
		expect(budget.withdraw(41)).toBe(false);
		expect(budget.withdraw(40)).toBe(true);
	});
});

test('whatever comes, retries never exceed a fifth of the messages of the last 11 s and 100 in any 9 s', () => {
	const steps = fc.array(fc.record({ms: fc.nat(3000), messages: fc.nat(500), wanted: fc.nat(400)}), {maxLength: 60});
	fc.assert(
		fc.property(steps, list => {
			const {clock, budget} = budgetOf();
			const history: {at: number; messages: number; retries: number}[] = [];
			for (const {ms, messages, wanted} of list) {
				clock.ms += ms;
				budget.deposit(messages);
				let retries = 0;
				while (retries < wanted && budget.withdraw(1)) retries++;
				history.push({at: clock.ms, messages, retries});
				const since = (span: number) => history.filter(({at}) => at > clock.ms - span);
				const taken = since(9000).reduce((sum, each) => sum + each.retries, 0);
				// What was taken within 9 s was paid for by what came within the 10 s (in slices: 11 s) before each.
				const paid = since(20_000).reduce((sum, each) => sum + each.messages, 0);
				expect(taken).toBeLessThanOrEqual(100 + paid / 5);
			}
		}),
		{numRuns: 300},
	);
});
