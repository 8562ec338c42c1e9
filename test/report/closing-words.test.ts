import fc from 'fast-check';
import {expect, test} from 'vitest';
import {noStrikes} from '../../src/domain/tick.ts';
import {closingWords} from '../../src/report/closing-words.ts';
import {fitRows} from '../../src/report/fit-rows.ts';
import {type IncidentSummary, spreadsOf, unknownIncident} from '../../src/report/incident-summary.ts';
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

/** Everything there may be to tell, and more of it than anyone wants to read. */
const fullSummary = (incidents: IncidentSummary[]) => {
	const whole = summaryOf(64);
	return {
		...whole,
		balancer: {
			...whole.balancer,
			...{messages: 100, attempts: 112, amplification: 1.12, hedged: 10},
			struck: {...noStrikes(), maxqueue: 12, 'queue-timeout': 3},
		},
		checks: Array.from({length: 30}, (_, n) => ({expr: `acked>${n}`, ok: false, value: 0})),
		...{late: 1, dropped: 1, generator: {saturatedSeconds: 1, worstLagMs: 11}},
		...{sent: 9_999_999, acked: 9_999_999, attempts: 10_004_999},
		retriesByCause: {timeout: 1_000, refused: 1_000, reset: 1_000, nak: 1_000, closed: 1_000},
		...{incidents, incidentSpreads: spreadsOf(incidents)},
	};
};

const kill: IncidentSummary = {
	...unknownIncident,
	...{kind: 'kill', server: 'Server 1', at: '2026-09-14T14:02:31.000Z', isOver: true},
	...{firstErrorMs: 1.4, firstRetryAckedMs: 3.8, routedAwayMs: 2101.2, boundMs: 4000, backUpMs: 6401, p99BackMs: 2001},
	...{hit: 112, retried: 112, failed: 3, lost: 0, duplicates: 0, lostTimeMs: 1403, overlaps: true},
};

const cellsOf = (line: string) =>
	[...line].reduce((sum, character) => sum + (character < '\u1100' || character === '…' ? 1 : 2), 0);

test.each([0, 1, 2, 30])('at most 20 rows of 80 cells, however much there is to tell, with %i incidents', many => {
	const incidents = Array.from({length: many}, () => kill);
	const rows = closingWords(fullSummary(incidents));
	expect(rows.length).toBeLessThanOrEqual(20);
	expect(rows.filter(row => row.length > 80)).toEqual([]);
	expect(rows.join('\n')).toMatch(/and 25 checks more|and 2[6-9] checks more/);
});

test('what an incident was is told to its end, over rows that break between its figures', () => {
	const summary = {...summaryOf(2), incidents: [kill, kill], incidentSpreads: spreadsOf([kill, kill])};
	const rows = closingWords(summary);
	const first = rows.findIndex(row => row.startsWith('  kill of Server 1:'));
	expect(rows.slice(first, first + 3)).toEqual([
		'  kill of Server 1: out 2.1 s (bound 4.0 s), retried ACK 3.8 ms,',
		'      failed 3 (1.4 s lost time), lost 0, double 0, first error 1.4 ms, hit 112,',
		'      retried 112, p99 back 2.0 s, back in 6.4 s, overlaps yes',
	]);
	expect(rows.filter(row => row.length > 80)).toEqual([]);
	const wide = closingWords(summary, {width: 200});
	expect(wide.filter(row => row.startsWith('  kill of Server 1:') && row.endsWith('overlaps yes'))).toHaveLength(2);
});

test('a long file, a long check and wide characters are rows that fit too', () => {
	const summary = summaryOf(1);
	const rows = closingWords({
		...summary,
		servers: summary.servers.map(server => ({...server, name: '伺服器'.repeat(20)})),
		log: {...summary.log, file: `/${'folder'.repeat(20)}/log.txt`},
		checks: [{expr: `acked>${'9'.repeat(400)}`, ok: false, value: 0}],
	});
	expect(rows.filter(row => cellsOf(row) > 80)).toEqual([]);
	expect(rows.length).toBeLessThanOrEqual(20);
	expect(rows.some(row => row.endsWith('…'))).toBe(true);
	expect(rows.join('').replaceAll(/\s/g, '')).toContain(`/${'folder'.repeat(20)}/log.txt`);
});

test('rows of a text are as wide as they may be, and lose nothing but the blanks they break at', () => {
	fc.assert(
		fc.property(
			fc.string({unit: 'grapheme', minLength: 1, maxLength: 300}),
			fc.integer({min: 20, max: 90}),
			(text, width) => {
				const rows = fitRows(text, {width, most: Number.POSITIVE_INFINITY, indent: '  '});
				expect(rows.filter(row => cellsOf(row) > width)).toEqual([]);
				expect(rows.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
			},
		),
	);
});

test('a row ends at a comma near its end, and does not end early for one', () => {
	const room = {width: 80, most: 5, indent: '  '};
	expect(
		fitRows('A killed process resets its connections, so the balancer knows within milliseconds and', room),
	).toEqual(['A killed process resets its connections, so the balancer knows within', '  milliseconds and']);
	expect(
		fitRows('out 2.0 ms (at once), retried ACK 5.0 ms, failed 0, lost 0, double 0, first error 15 ms', room),
	).toEqual(['out 2.0 ms (at once), retried ACK 5.0 ms, failed 0, lost 0, double 0,', '  first error 15 ms']);
});

test('how times are spread is not said where there is none, and what is not told of the checks is held', () => {
	const incidents = [1, 2, 3].map(() => ({...kill, firstRetryAckedMs: null}));
	const checks = Array.from({length: 5}, () => ({expr: 'failed==0', ok: true, value: 0}));
	const text = closingWords({...summaryOf(1), incidents, incidentSpreads: spreadsOf(incidents), checks}).join('\n');
	expect(text).toContain('    out, 3 times: min 2.1 s');
	expect(text).not.toContain('retried ACK in');
	expect(text).toMatch(/ {2}and \d checks more: all held$/);
});

test('what did not hold comes first, and nothing is left out for a line that says that there is one more', () => {
	const held = Array.from({length: 4}, (_, n) => ({expr: `acked>${n}`, ok: true, value: 9}));
	const unheld = [
		{expr: 'lost==0', ok: null, value: null},
		{expr: 'failed==0', ok: false, value: 1},
	];
	const told = (servers: number, checks: typeof unheld) =>
		closingWords({...summaryOf(servers), checks} as ReturnType<typeof summaryOf>).join('\n');
	const some = told(6, [...held, ...unheld]);
	expect(some).toContain('Server 6');
	expect(some).toMatch(
		/UNKNOWN: lost==0 .*\n {2}check FAILED: failed==0 .*\n.*\n {2}and 3 checks more, 2 of all not held$/,
	);
	expect(told(6, [...held.slice(1), unheld[0]!])).not.toContain(' more');
});

const learn = 'A dead process resets its connections. '.repeat(8).trim();
const lesson = {title: 'One dies', watchFor: 'Retries.', said: '', learn};

test('what one learns by a scenario ends it, whole, where it is asked for', () => {
	const scenario = {name: 'x', file: 'x.yaml', stage: 'ended' as const, entries: [], lesson};
	const summary = {...summaryOf(2), incidents: [kill], scenario};
	expect(closingWords(summary).join('\n')).not.toContain('learn');
	const rows = closingWords(summary, {hasLesson: true});
	const from = rows.findIndex(row => row.startsWith('  learn: A dead process'));
	expect(rows.slice(from).join('').replaceAll(/\s+/g, '')).toBe(`learn:${learn}`.replaceAll(/\s+/g, ''));
	const crowded = closingWords({...fullSummary([kill, kill]), scenario}, {hasLesson: true});
	expect(crowded).toHaveLength(20);
	expect(crowded.at(-1)).toMatch(/…$/);
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

test('lines that a killed part had not counted yet make it at least so many', () => {
	const summary = summaryOf(1);
	const untold = {...summary.log, isWhole: false, lines: 12, bytes: 999};
	expect(closingWords({...summary, log: untold}).join('\n')).toContain(': at least 12 lines, 999 bytes');
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

test('retries that were due and never began are told from those that did', () => {
	const causes = {timeout: 5, refused: 0, reset: 0, nak: 2, closed: 0};
	const words = (attempts: number) =>
		closingWords({...summaryOf(1), sent: 10, attempts, retriesByCause: causes}).join('\n');
	expect(words(17)).toContain('attempts 17  retries 7 (timeout 5, nak 2)  NAKs');
	expect(words(16)).toContain('attempts 16  retries 6 (timeout 5, nak 2, 1 not begun)  NAKs');
});
