import {describe, expect, test} from 'vitest';
import {createCheckWatch} from '../../src/report/check-watch.ts';
import {evaluate, isBeyondMending, parseCheck} from '../../src/report/checks.ts';
import {spreadsOf, unknownIncident} from '../../src/report/incident-summary.ts';
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
	['ledger==unknown', true, 'unknown'],
	['ledger==exact', false, 'unknown'],
	['balancer.algorithm==round-robin', true, 'round-robin'],
	['version!=0.1', true, sample.version],
	['servers.server-1.process==servers.server-2.process', true, 'NEW'],
	['servers.1.acked==4', true, 4],
	['lost==0', null, null],
	['servers.server-1.received<1', true, 0],
	['latencyMs.p75<1', null, null],
	['servers.server-1.latencyMs.p99<1', null, null],
	['last10s.latencyMs.count==0', true, 0],
	['last10s.ackedPerSecond~0±1', true, 0],
	['generator.saturatedSeconds==0', true, 0],
	['late==0', true, 0],
	['dropped==0', true, 0],
	['failed!=0; abort', false, 0],
	['sent ~ 9 ± 1', true, 10],
	['sent~9±1ms', true, 10],
	['sent~200±95%', true, 10],
	['sent~200 +- 94%', false, 10],
	['sent~-10±20', true, 10],
	['acked~sent±0', true, 10],
	['servers.server-1.acked~servers.server-2.acked±50%', true, 6],
	['servers.server-1.acked~servers.server-2.acked±49%', false, 6],
	['sent<1e1', false, 10],
	['servers.server-1.share>.5', true, 0.6],
	['servers.length==2', true, 2],
	['incidents.length==0', true, 0],
	['incidents.last.overlaps==false', null, null],
	['plan.log.keep==5', true, 5],
])('%s', (expr, ok, value) => expect(evaluate(parseCheck(expr, sample), summary)).toEqual({expr, ok, value}));

test.each([
	['', /PATH OPERATOR VALUE/],
	['failed', /PATH OPERATOR VALUE/],
	['fialed==0', /'fialed' names no value of the summary; the nearest is 'failed'/],
	['latencyMS.p99<50', /the nearest is 'latencyMs.p99'/],
	['servers.server1.share>0', /the nearest is 'servers.server-1.share'/],
	['servers.2.acked==4', /names no value/],
	['verdict==PASS', /'verdict' names no value/],
	['checks.length==1', /'checks.length' names no value/],
	['failed<"x"', /'failed' and '"x"' are of two kinds/],
	['failed==UP', /of two kinds/],
	['balancer.process==true', /of two kinds/],
	['servers.server-3.acked>1', /'servers.server-3.acked' names no value/],
	['servers==2', /names no value/],
	['failed==zero', /'zero' is neither/],
	['acked~5', /tolerance/],
	['acked~5±', /tolerance/],
	['acked~5±-1', /tolerance/],
	['acked~5±1±2', /tolerance/],
	['acked~5±0x10', /tolerance/],
	['acked~±5', /tolerance/],
	['acked~5±few', /tolerance/],
	['acked~5±%', /tolerance/],
	['servers.server-1.route~UP±1', /compares numbers/],
	['balancer.process~5±1', /compares numbers/],
	['servers.length.length==2', /names no value/],
	['constructor==1', /names no value/],
	['failed==0;', /comes 'abort'/],
	['failed==0; stop', /comes 'abort'/],
	['failed==0; abort after', /comes 'abort'/],
	['failed==0; abort after soon', /comes 'abort'/],
	['failed==0; abort; abort', /comes 'abort'/],
])('%s is refused', (expr, why) => expect(() => parseCheck(expr, sample)).toThrow(why));

test('an incident is named by its place or as the last; one that has not been is unknown', () => {
	const incidents = [
		{...unknownIncident, kind: 'kill', routedAwayMs: 12, lost: 0},
		{...unknownIncident, kind: 'pause', routedAwayMs: 2300},
	];
	const judged = (expr: string) => evaluate(parseCheck(expr, sample), {...summary, incidents}).ok;
	expect(judged('incidents.0.routedAwayMs<250')).toBe(true);
	expect(judged('incidents.last.routedAwayMs<250')).toBe(false);
	expect(judged("incidents.last.kind=='pause'")).toBe(true);
	expect(judged('incidents.last.lost==0')).toBeNull();
	expect(judged('incidents.2.routedAwayMs<250')).toBeNull();
	expect(() => parseCheck('incidents.last.routed<1', sample)).toThrow(/names no value/);
	expect(() => parseCheck('incidents.first.failed<1', sample)).toThrow(/names no value/);
});

test('spreads: by nearest rank over what is known', () => {
	const incidents = [30, 10, null, 20, 40].map(routedAwayMs => ({...unknownIncident, routedAwayMs}));
	expect(spreadsOf(incidents).routedAwayMs).toEqual({count: 4, min: 10, median: 20, p95: 40, max: 40});
	expect(spreadsOf([]).hit).toEqual({count: 0, min: null, median: null, p95: null, max: null});
});

test('the verdict: unknown is never a pass, one failure fails all', () => {
	const verdictOf =
		(known: Summary) =>
		(...exprs: string[]) =>
			judge(
				known,
				exprs.map(expr => evaluate(parseCheck(expr, sample), known)),
			).verdict;
	const withoutLedger = verdictOf(summary);
	expect(withoutLedger()).toBe('UNKNOWN');
	expect(withoutLedger('failed==0')).toBe('UNKNOWN');
	expect(withoutLedger('failed==1', 'lost==0', 'acked==sent')).toBe('FAIL');
	const exact = verdictOf({...summary, ledger: 'exact', lost: 0, duplicates: 0});
	expect(exact()).toBe('PASS');
	expect(exact('failed==0', 'lost==0', 'duplicates==0')).toBe('PASS');
	expect(exact('failed==1', 'lost==0')).toBe('FAIL');
	expect(exact('lost==0', 'latencyMs.p999<5')).toBe('UNKNOWN');
	const lost = verdictOf({...summary, ledger: 'exact', lost: 1});
	expect(lost()).toBe('FAIL');
	expect(lost('failed==0')).toBe('FAIL');
});

test.each([
	['failed==0', undefined],
	['failed==0; abort', 5000],
	['failed==0;abort after 0', 0],
	["ledger=='exact' ; abort after 1.5s ", 1500],
])('%s stops the run after %s ms', (expr, afterMs) => expect(parseCheck(expr, sample).abortAfterMs).toBe(afterMs));

describe('a broken check', () => {
	test.each([
		['sent==9', true],
		['sent<10', true],
		['sent<=9', true],
		['sent==11', false],
		['sent>10', false],
		['sent!=10', false],
		['sent<11', false],
		['sent==acked', false],
		['servers.server-1.acked<6', true],
		['servers.server-1.share<0.6', false],
		['latencyMs.p99<12', false],
		['retriesByCause.timeout<0', true],
		['incidents.length<0', true],
		['lost==1', false],
	])('%s is beyond mending: %s', (expr, isBeyond) => {
		const check = parseCheck(expr, sample);
		expect(isBeyondMending(check, evaluate(check, summary))).toBe(isBeyond);
	});
});

describe('a watch over the checks', () => {
	const running = {...summary, phase: 'running' as const};
	const slow = {...running, latencyMs: {...summary.latencyMs, p99: 60}};
	const watch = (...exprs: string[]) => createCheckWatch(exprs.map(expr => parseCheck(expr, sample)));

	test('tells what has changed, and only that', () => {
		const {look} = watch('latencyMs.p99<50', 'failed==0', 'lost==0');
		expect(look(running, 1).changed).toEqual([]);
		expect(look(slow, 2).changed).toEqual([{expr: 'latencyMs.p99<50', ok: false, value: 60}]);
		expect(look(slow, 3)).toMatchObject({changed: [], results: [{ok: false}, {ok: true}, {ok: null}]});
		expect(look(running, 4).changed).toEqual([{expr: 'latencyMs.p99<50', ok: true, value: 12.5}]);
	});

	test('stops the run when a check has been broken for its time without a break', () => {
		const {look} = watch('latencyMs.p99<50; abort after 3s', 'failed==0; abort');
		const stops = (summaryThen: Summary, at: number) => look(summaryThen, at).stop?.because;
		expect([stops(slow, 1000), stops(slow, 3999), stops(running, 4000)]).toEqual([undefined, undefined, undefined]);
		expect([stops(slow, 5000), stops(slow, 7999)]).toEqual([undefined, undefined]);
		expect(stops(slow, 8000)).toBe(
			"check 'latencyMs.p99<50; abort after 3s' is broken (is 60), for 3 s: the run is stopped",
		);
		expect(stops(slow, 9000)).toBeUndefined();
	});

	test('at once when nothing can mend it, and keeps it as it was then', () => {
		const {look, judge} = watch('failed<1; abort after 1h', 'latencyMs.p99<50');
		expect(look({...running, failed: 1}, 1).stop?.because).toContain('cannot mend any more');
		expect(judge({...running, failed: 2})).toEqual([
			{expr: 'failed<1; abort after 1h', ok: false, value: 1, stopped: true},
			{expr: 'latencyMs.p99<50', ok: true, value: 12.5},
		]);
	});

	test('only while load is made, and only where a check asks for it', () => {
		const broken = {...slow, failed: 1};
		expect(watch('failed==0', 'latencyMs.p99<50').look(broken, 1e9).stop).toBeUndefined();
		const {look} = watch('failed==0; abort', 'latencyMs.p99<50; abort after 0');
		for (const phase of ['starting', 'stopping', 'ended'] as const)
			expect(look({...broken, phase}, 1e9).stop).toBeUndefined();
		expect(look(broken, 1e9).stop).toBeDefined();
	});
});
