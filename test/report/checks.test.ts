import {expect, test} from 'vitest';
import {evaluate, parseCheck} from '../../src/report/checks.ts';
import {judge, type Summary, summarize} from '../../src/report/summary.ts';
import {initialState} from '../../src/state/initial.ts';
import {testPlan} from '../support/plan.ts';

const sample = summarize(initialState(testPlan(), {at: 0, wallMs: 0, pid: 1}));
const summary: Summary = {
	...sample,
	sent: 10,
	acked: 10,
	latencyMs: {...sample.latencyMs, p99: 12.5},
	servers: sample.servers.map((server, index) => ({
		...server,
		acked: index === 0 ? 6 : 4,
		share: index === 0 ? 0.6 : 0.4,
	})),
};

test.each([
	['failed==0', true, 0],
	['failed != 0', false, 0],
	['acked==sent', true, 10],
	['latencyMs.p99<50', true, 12.5],
	['latencyMs.p99<50ms', true, 12.5],
	['latencyMs.p99<=12', false, 12.5],
	['servers.server-1.share~0.5±0.1', true, 0.6],
	['servers.server-1.share~0.5+-0.05', false, 0.6],
	['servers.Server 2.acked>=4', true, 4],
	['balancer.process==NEW', true, 'NEW'],
	["ledger=='unknown'", true, 'unknown'],
	['lost==0', null, null],
	['servers.server-1.received<1', true, 0],
])('%s', (expr, ok, value) => expect(evaluate(parseCheck(expr, sample), summary)).toEqual({expr, ok, value}));

test.each([
	['', /PATH OPERATOR VALUE/],
	['failed', /PATH OPERATOR VALUE/],
	['fialed==0', /'fialed' names no value/],
	['servers.server-3.acked>1', /'servers.server-3.acked' names no value/],
	['servers==2', /names no value/],
	['failed==zero', /'zero' is neither/],
	['acked~5', /tolerance/],
	['constructor==1', /names no value/],
])('%s is refused', (expr, why) => expect(() => parseCheck(expr, sample)).toThrow(why));

test('the verdict: unknown is never a pass, one failure fails all', () => {
	const verdict = (...exprs: string[]) =>
		judge(
			summary,
			exprs.map(expr => evaluate(parseCheck(expr, sample), summary)),
		).verdict;
	expect(verdict()).toBe('UNKNOWN');
	expect(verdict('failed==0')).toBe('PASS');
	expect(verdict('failed==0', 'lost==0')).toBe('UNKNOWN');
	expect(verdict('failed==1', 'lost==0', 'acked==sent')).toBe('FAIL');
});
