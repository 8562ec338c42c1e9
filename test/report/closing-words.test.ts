import {expect, test} from 'vitest';
import {closingWords} from '../../src/report/closing-words.ts';
import {summarize} from '../../src/report/summary.ts';
import {initialState} from '../../src/state/initial.ts';
import {testPlan} from '../support/plan.ts';

const summaryOf = (servers: number) => {
	const plan = testPlan({
		servers: Array.from({length: servers}, (_, n) => ({
			name: `Server ${n + 1}`,
			kind: 'own' as const,
			host: '127.0.0.1',
			port: 9001 + n,
			weight: 1,
		})),
	});
	return summarize(initialState(plan, {at: 0, wallMs: 0, pid: 1}));
};

test('at most 20 lines that fit 80 columns, however much there is to tell', () => {
	const checks = Array.from({length: 30}, (_, n) => ({expr: `acked>${n}`, ok: false, value: 0}));
	const causes = {timeout: 1_000, refused: 1_000, reset: 1_000, nak: 1_000, closed: 1_000};
	const whole = summaryOf(64);
	const struck = {...whole.balancer.struck, maxqueue: 12, 'queue-timeout': 3};
	const lines = closingWords({
		...whole,
		balancer: {...whole.balancer, messages: 100, attempts: 112, amplification: 1.12, hedged: 10, struck},
		checks,
		...{late: 1, dropped: 1, generator: {saturatedSeconds: 1, worstLagMs: 11}},
		sent: 9_999_999,
		acked: 9_999_999,
		attempts: 10_004_999,
		retriesByCause: causes,
	});
	expect(lines.length).toBeLessThanOrEqual(20);
	expect(lines).toContain('  balancer: 112 attempts for 100 (×1.12)  hedged 10  limits: maxqueue 12, queue-timeout 3');
	expect(closingWords(summaryOf(2)).filter(line => line.length > 79)).toEqual([]);
});

test('what is not known is said so, never shown as 0', () => {
	const text = closingWords(summaryOf(2)).join('\n');
	expect(text).toContain('lost unknown  duplicates unknown');
	expect(text).toContain('p50 -');
	expect(text).toMatch(/Server 1 {2}ACKs 0 \(-\)/);
});

test('lost log lines are shouted', () => {
	const summary = summaryOf(1);
	expect(closingWords({...summary, log: {...summary.log, dropped: 1234}}).join('\n')).toContain('1,234 LOST');
});

test("what makes the figures the tool's own is said, and nothing when there is nothing", () => {
	const summary = summaryOf(1);
	const generator = {saturatedSeconds: 3, worstLagMs: 41};
	expect(closingWords({...summary, late: 12, dropped: 1500, generator}).join('\n')).toContain(
		'late 12  dropped 1,500  GENERATOR SATURATED in 3 s, worst lag 41 ms',
	);
	expect(closingWords(summary).join('\n')).not.toMatch(/late |dropped|SATURATED/);
});

test('both latencies are told, and what stopped the run', () => {
	const summary = summaryOf(1);
	const lines = closingWords({
		...summary,
		latencyMs: {...summary.latencyMs, p99: 250},
		uncorrectedLatencyMs: {...summary.uncorrectedLatencyMs, p99: 2},
		checks: [{expr: 'failed==0; abort', ok: false, value: 1, stopped: true}],
	}).join('\n');
	expect(lines).toMatch(/latency .*p99 250 ms/);
	expect(lines).toMatch(/uncorrected .*p99 2.0 ms/);
	expect(lines).toContain('check FAILED: failed==0; abort (is 1), stopped the run');
});
