import {expect, test} from 'vitest';
import type {Event} from '../../src/domain/event.ts';
import {summarize} from '../../src/report/summary.ts';
import {initialState} from '../../src/state/initial.ts';
import {reduce} from '../../src/state/reduce.ts';
import {testPlan} from '../support/plan.ts';

const usage = {cpuMs: 0, rssBytes: 0};
const said = (part: string, event: Extract<Event, {type: 'part-said'}>['event']): Event => ({
	...{at: 1, type: 'part-said', part, event},
});
const served = (executed: number) =>
	said('server-1', {
		...{type: 'server-tick', received: executed + 1, acked: executed, nak: 1, executed, repeated: 0},
		...{connections: 0, accepted: 0, inFlight: 0, maxInFlight: 1, ...usage},
	});
const audited = (executedBy: Record<string, number>) =>
	said('log-audit', {
		...{type: 'ledger-tick', sent: 13, acked: 13, executed: 13, lost: 0, doubles: 0, gaveUp: 0, gaveUpExecuted: 0},
		...{executedBy, unknown: [], lagMs: 0, isWhole: false, ...usage},
	});

test.each([
	[
		'what a killed server did after its last tick is known from the log',
		{'Server 1': 13},
		{received: 14, executed: 13},
	],
	['a ledger that lags behind takes nothing away', {'Server 1': 4}, {received: 11, executed: 10}],
	['nor does one that has not met it', {'Server 2': 4}, {received: 11, executed: 10}],
])('%s', (_, executedBy, expected) => {
	const start = initialState(testPlan(), {at: 0, wallMs: 0, pid: 1});
	const state = [served(10), audited(executedBy)].reduce(reduce, start);
	expect(summarize(state).servers[0]).toMatchObject(expected);
});

test('of a server that tells nothing of itself nothing is known', () => {
	const start = initialState(testPlan(), {at: 0, wallMs: 0, pid: 1});
	const servers = start.servers.map(server => ({...server, received: null, executed: null}));
	const state = reduce({...start, servers}, audited({'Server 1': 13}));
	expect(summarize(state).servers[0]).toMatchObject({received: null, executed: null});
});
