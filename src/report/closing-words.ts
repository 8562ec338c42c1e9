/** The summary as at most 20 lines for a person; it stays on the terminal when the run is over. */

import {formatClock, formatDuration} from '../domain/duration.ts';
import {escapeText} from '../domain/escape.ts';
import type {LatencySummary} from '../domain/latency.ts';
import {describeIncident} from '../state/incident-words.ts';
import {figure, t, told, toldQuote} from '../words/words.ts';
import {fitRows} from './fit-rows.ts';
import type {Spreads} from './incident-summary.ts';
import {entryText, kindWords} from './kind-words.ts';
import type {ServerSummary, Summary} from './summary.ts';

/** How much of what there may be any number of is told; `rowsEach`: the most that anything may be told in. */
type Extent = {servers: number; incidents: number; hasSpreads: boolean; checks: number; rowsEach: number};

const mostRows = 20;
const mostLessonRows = 6;

/** The first that fits is taken; with the last anything does. */
const extents: [Extent, ...Extent[]] = [
	{servers: 5, incidents: 2, hasSpreads: true, checks: 3, rowsEach: 3},
	{servers: 3, incidents: 2, hasSpreads: true, checks: 2, rowsEach: 2},
	{servers: 2, incidents: 1, hasSpreads: false, checks: 2, rowsEach: 2},
	{servers: 2, incidents: 1, hasSpreads: false, checks: 1, rowsEach: 1},
];

/** No terminal is taken for narrower than this, in cells. */
const leastWidth = 80;

/** `hasLesson`: what one learns by the scenario is told too, for nobody has been told it in a line. */
type Settings = {width?: number | undefined; hasLesson?: boolean};

/** One string per row of a terminal `width` cells wide, no colours, nothing that moves it. */
export function closingWords(summary: Summary, {width = leastWidth, hasLesson = false}: Settings = {}): string[] {
	const learn = hasLesson ? (summary.scenario?.lesson?.learn ?? '') : '';
	const room = {width: Math.max(leastWidth, width), indent: '      '};
	const lesson = (most: number) =>
		learn === '' ? [] : fitRows(escapeText(`  ${t('learn')}: ${toldQuote(learn)}`), {...room, most});
	const wanted = lesson(mostLessonRows).length;
	let rows: string[] = [];
	for (const extent of extents) {
		rows = wordsOf(summary, extent).flatMap(words => fitRows(escapeText(words), {...room, most: extent.rowsEach}));
		if (rows.length + wanted <= mostRows) break;
	}
	// At last and whole, where there is room: it is what the scenario was played for.
	return [...rows, ...lesson(Math.min(wanted, mostRows - rows.length))];
}

function wordsOf(summary: Summary, extent: Extent): string[] {
	const {sent, acked, failed, inFlight, latencyMs, uncorrectedLatencyMs, servers, checks} = summary;
	const width = Math.max(...servers.map(({name}) => name.length));
	const unheld = checks.filter(({ok}) => ok !== true);
	const shownServers = firstOf(servers, extent.servers);
	const shownChecks = firstOf([...unheld, ...checks.filter(({ok}) => ok === true)], extent.checks);
	return [
		`lbtop ${summary.version}  ${t('ran {time}', {time: formatClock(summary.durationMs)})}  ${count(summary.ackedPerSecond)} ${t('ACKs/s')}  ${t('verdict')} ${summary.verdict}`,
		`  ${t('sent {sent} = acked {acked} + failed {failed} + in flight {inFlight}', {
			...{sent: count(sent), acked: count(acked), failed: count(failed), inFlight: count(inFlight)},
		})}`,
		`  ${attemptsOf(summary)}`,
		...generatorOf(summary),
		...latencies(latencyMs, uncorrectedLatencyMs).map(words => `  ${words}`),
		...ledgerOf(summary),
		...shownServers.map(server => `  ${server.name.padEnd(width)}  ${workOf(server)}`),
		...more(servers.length - shownServers.length, number => t('and {number} servers more', {number})),
		...incidentsOf(summary, extent),
		...balancerOf(summary).map(words => `  ${words}`),
		`  ${logOf(summary)}`,
		...scenarioOf(summary).map(words => `  ${words}`),
		...shownChecks.map(check => `  ${checkOf(check)}`),
		...more(checks.length - shownChecks.length, number =>
			unheld.length === 0
				? t('and {number} checks more: all held', {number})
				: t('and {number} checks more, {unheld} of all not held', {number, unheld: unheld.length}),
		),
	];
}

function attemptsOf({attempts, sent, nak, retriesByCause}: Summary): string {
	const causes = Object.entries(retriesByCause).filter(([, times]) => times > 0);
	const begun = attempts - sent;
	// Some that were due never began: a late ACK came first, or the end.
	const spared = causes.reduce((sum, [, times]) => sum + times, 0) - begun;
	const words = [
		...causes.map(([cause, times]) => `${cause} ${count(times)}`),
		...(spared > 0 ? [t('{count} not begun', {count: count(spared)})] : []),
	];
	const why = words.length > 0 ? ` (${words.join(', ')})` : '';
	const retries = count(begun);
	return `${t('attempts {attempts}  retries {retries}', {attempts: count(attempts), retries})}${why}  ${t('NAKs')} ${count(nak)}`;
}

/** What keeps the figures from being the system's: said whenever there is something to say. */
function generatorOf({late, dropped, generator: {saturatedSeconds, worstLagMs}}: Summary): string[] {
	const saturated = {seconds: count(saturatedSeconds), lag: ms(worstLagMs)};
	const words = [
		...(late > 0 ? [t('late {count}', {count: count(late)})] : []),
		...(dropped > 0 ? [t('dropped {count}', {count: count(dropped)})] : []),
		...(saturatedSeconds > 0 ? [t('GENERATOR SATURATED in {seconds} s, worst lag {lag}', saturated)] : []),
	];
	return words.length > 0 ? [`  ${words.join('  ')}`] : [];
}

/** From when it was planned to be sent, and from when it was. */
function latencies(planned: LatencySummary, real: LatencySummary): string[] {
	const labels = [t('latency'), t('uncorrected')];
	const width = Math.max(...labels.map(label => label.length));
	return [planned, real].map((latency, index) => `${labels[index]!.padEnd(width)} ${latencyOf(latency)}`);
}

function latencyOf({p50, p90, p99, p999, max}: LatencySummary): string {
	return `p50 ${ms(p50)}  p90 ${ms(p90)}  p99 ${ms(p99)}  p99.9 ${ms(p999)}  max ${ms(max)}`;
}

function ledgerOf({ledger, ledgerReasons, lost, duplicates, failed, gaveUpExecuted}: Summary): string[] {
	const [counted, doubled, executed] = [lost, duplicates, gaveUpExecuted].map(number => number ?? t('unknown'));
	const words = [
		ledger === 'exact' ? t('ledger exact') : t('ledger unknown'),
		t('lost {lost}  duplicates {duplicates}', {lost: counted!, duplicates: doubled!}),
		...(failed > 0 ? [t('given up {count} (executed {executed})', {count: count(failed), executed: executed!})] : []),
	];
	const [reason, ...others] = ledgerReasons;
	const rest = others.length > 0 ? ` (${t('and {number} more', {number: others.length})})` : '';
	const why = reason === undefined ? [] : [`  ${t('ledger unknown: {reason}', {reason: told(reason)})}${rest}`];
	return [`  ${words.join('  ')}`, ...why];
}

function workOf({acked, share, restarts, errors, redelivered}: ServerSummary): string {
	const part = share === null ? '-' : `${figure((share * 100).toFixed(1))} %`;
	return t('ACKs {acked} ({share})  restarts {restarts}  errors {errors}  redelivered {redelivered}', {
		...{acked: acked === null ? '-' : count(acked), share: part, restarts, errors, redelivered},
	});
}

/** The last incidents one by one; where there were more of them, how their times are spread. */
function incidentsOf({incidents, incidentSpreads}: Summary, extent: Extent): string[] {
	const shown = incidents.slice(-extent.incidents).map(incident => `  ${describeIncident(incident)}`);
	if (incidents.length <= extent.incidents) return shown;
	const last = t('{number} incidents; the last: {last}', {number: incidents.length, last: shown.at(-1)!.trim()});
	if (!extent.hasSpreads) return [`  ${last}`];
	/** Nothing where no incident has the figure. */
	const spread = (label: string, figure: keyof Spreads) => {
		const {count: known, min, median, p95, max} = incidentSpreads[figure];
		if (known === 0) return [];
		const head = t('{figure}, {known} times', {figure: label, known});
		return [`    ${head}: min ${ms(min)}  median ${ms(median)}  p95 ${ms(p95)}  max ${ms(max)}`];
	};
	return [
		`  ${last}`,
		...spread(t('out'), 'routedAwayMs'),
		...spread(t('retried ACK'), 'firstRetryAckedMs'),
		...spread(t('p99 back'), 'p99BackMs'),
		...spread(t('back in'), 'backUpMs'),
	];
}

/** Nothing where nothing was sent twice and no limit struck. */
function balancerOf({balancer}: Summary): string[] {
	const {attempts, messages, amplification, hedged, struck} = balancer;
	const limits = Object.entries(struck ?? {}).filter(([, times]) => times > 0);
	if (attempts === messages && limits.length === 0) return [];
	const tried = {attempts: count(attempts), messages: count(messages), times: amplification ?? '-'};
	return [
		[
			t('balancer: {attempts} attempts for {messages} (×{times})', tried),
			...(hedged > 0 ? [t('hedged {count}', {count: count(hedged)})] : []),
			...(limits.length > 0
				? [`${t('limits:')} ${limits.map(([name, times]) => `${name} ${count(times)}`).join(', ')}`]
				: []),
		].join('  '),
	];
}

function logOf({log}: Summary): string {
	const lost = log.dropped > 0 ? `, ${t('{count} LOST', {count: count(log.dropped)})}` : '';
	const written = {file: log.file, lines: count(log.lines), bytes: count(log.bytes)};
	const told = log.isWhole
		? t('log {file}: {lines} lines, {bytes} bytes', written)
		: t('log {file}: at least {lines} lines, {bytes} bytes', written);
	return `${told}${lost}`;
}

function checkOf({expr, ok, value, stopped}: Summary['checks'][number]): string {
	const is = {expr, value: String(value ?? t('unknown'))};
	const words =
		ok === null
			? t('check UNKNOWN: {expr} (is {value})', is)
			: ok
				? t('check held: {expr} (is {value})', is)
				: t('check FAILED: {expr} (is {value})', is);
	return `${words}${stopped ? `, ${t('stopped the run')}` : ''}`;
}

/** The first ones; and the last that is left, for telling that there is one more takes as much room. */
function firstOf<T>(all: readonly T[], most: number): readonly T[] {
	return all.length === most + 1 ? all : all.slice(0, most);
}

function more(number: number, words: (number: number) => string): string[] {
	return number > 0 ? [`  ${words(number)}`] : [];
}

function ms(value: number | null): string {
	return value === null ? '-' : figure(formatDuration(value));
}

function count(value: number): string {
	return figure(value.toLocaleString('en-US', {maximumFractionDigits: 1}));
}

/** How the scenario came out: the first thing that failed, or how many there were. */
function scenarioOf({scenario}: Summary): string[] {
	if (!scenario) return [];
	const demanded = scenario.entries.filter(({kind}) => kind !== 'undo');
	const broken = demanded.find(({ok}) => ok === false) ?? demanded.find(({ok}) => ok === null);
	const {name} = scenario;
	if (!broken) return [t('scenario {name}: {held} of {all} held', {name, held: demanded.length, all: demanded.length})];
	const what = {name, kind: t(kindWords[broken.kind]), line: broken.line, text: entryText(broken)};
	return broken.ok === null
		? [t('scenario {name}: {kind} in line {line} was not come to: {text}', what)]
		: [t('scenario {name}: {kind} in line {line} failed: {text}', what)];
}
