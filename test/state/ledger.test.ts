import {expect, test} from 'vitest';
import type {Event} from '../../src/domain/event.ts';
import {initialState} from '../../src/state/initial.ts';
import {ledgerOf} from '../../src/state/ledger.ts';
import {reduce} from '../../src/state/reduce.ts';
import {testPlan} from '../support/plan.ts';

const told = (at: number, isWhole: boolean): Event => ({
	...{at, type: 'part-said', part: 'log-audit'},
	event: {
		...{type: 'ledger-tick', sent: 0, acked: 0, executed: 0, lost: 0, doubles: 0, gaveUp: 0, gaveUpExecuted: 0},
		...{unknown: [], lagMs: 40, isWhole, cpuMs: 0, rssBytes: 0},
	},
});
const lagAfter = (...events: Event[]) =>
	ledgerOf(events.reduce(reduce, initialState(testPlan(), {at: 0, wallMs: 0, pid: 1}))).lagMs;

test('an auditor that says nothing falls behind, until it has read all', () => {
	expect(lagAfter()).toBeNull();
	expect(lagAfter(told(1000, false))).toBe(40);
	expect(lagAfter(told(1000, false), {at: 1200, type: 'second-passed'})).toBe(40);
	expect(lagAfter(told(1000, false), {at: 4000, type: 'second-passed'})).toBe(3040);
	expect(lagAfter(told(1000, true), {at: 4000, type: 'second-passed'})).toBe(40);
});
