/** The summary as at most 20 lines for a person; it stays on the terminal when the run is over. */

import {formatClock, formatDuration} from '../domain/duration.ts';
import type {LatencySummary} from '../domain/latency.ts';
import {describeIncident} from '../state/incident-words.ts';
import type {Spreads} from './incident-summary.ts';
import type {ServerSummary, Summary} from './summary.ts';

const shownServers = 5;
const shownChecks = 3;
const shownIncidents = 2;

/** One string per line, no colours; an ordinary run's lines fit 80 columns. */
export function closingWords(summary: Summary): string[] {
	const {sent, acked, failed, inFlight, latencyMs, uncorrectedLatencyMs, servers, checks} = summary;
	const width = Math.max(...servers.map(({name}) => name.length));
	const unheld = checks.filter(({ok}) => ok !== true).length;
	return [
		`lbtop ${summary.version}  ran ${formatClock(summary.durationMs)}  ${count(summary.ackedPerSecond)} ACKs/s  verdict ${summary.verdict}`,
		`  sent ${count(sent)} = acked ${count(acked)} + failed ${count(failed)} + in flight ${count(inFlight)}`,
		`  ${attemptsOf(summary)}`,
		...generatorOf(summary),
		`  latency     ${latencyOf(latencyMs)}`,
		`  uncorrected ${latencyOf(uncorrectedLatencyMs)}`,
		...ledgerOf(summary),
		...servers.slice(0, shownServers).map(server => `  ${server.name.padEnd(width)}  ${workOf(server)}`),
		...more(servers.length - shownServers, 'servers more'),
		...incidentsOf(summary),
		...balancerOf(summary).map(words => `  ${words}`),
		`  ${logOf(summary)}`,
		...scenarioOf(summary).map(words => `  ${words}`),
		...checks.slice(0, shownChecks).map(check => `  ${checkOf(check)}`),
		...more(checks.length - shownChecks, `checks more, ${unheld} of all not held`),
	];
}

function attemptsOf({attempts, sent, nak, retriesByCause}: Summary): string {
	const causes = Object.entries(retriesByCause).filter(([, times]) => times > 0);
	const why = causes.length > 0 ? ` (${causes.map(([cause, times]) => `${cause} ${count(times)}`).join(', ')})` : '';
	return `attempts ${count(attempts)}  retries ${count(attempts - sent)}${why}  NAKs ${count(nak)}`;
}

/** What keeps the figures from being the system's: said whenever there is something to say. */
function generatorOf({late, dropped, generator: {saturatedSeconds, worstLagMs}}: Summary): string[] {
	const saturated = `GENERATOR SATURATED in ${count(saturatedSeconds)} s, worst lag ${ms(worstLagMs)}`;
	const words = [
		...(late > 0 ? [`late ${count(late)}`] : []),
		...(dropped > 0 ? [`dropped ${count(dropped)}`] : []),
		...(saturatedSeconds > 0 ? [saturated] : []),
	];
	return words.length > 0 ? [`  ${words.join('  ')}`] : [];
}

/** From when it was planned to be sent, or from when it was. */
function latencyOf({p50, p90, p99, p999, max}: LatencySummary): string {
	return `p50 ${ms(p50)}  p90 ${ms(p90)}  p99 ${ms(p99)}  p99.9 ${ms(p999)}  max ${ms(max)}`;
}

function ledgerOf({ledger, ledgerReasons, lost, duplicates, failed, gaveUpExecuted}: Summary): string[] {
	const counted = `lost ${lost ?? 'unknown'}  duplicates ${duplicates ?? 'unknown'}`;
	const gaveUp = failed > 0 ? `  given up ${count(failed)} (executed ${gaveUpExecuted ?? 'unknown'})` : '';
	const [reason, ...others] = ledgerReasons;
	const why =
		reason === undefined
			? []
			: [`  ledger unknown: ${reason}${others.length > 0 ? ` (and ${others.length} more)` : ''}`];
	return [`  ledger ${ledger}  ${counted}${gaveUp}`, ...why];
}

function workOf({acked, share, restarts, errors, redelivered}: ServerSummary): string {
	const part = share === null ? '-' : `${(share * 100).toFixed(1)} %`;
	return `ACKs ${count(acked)} (${part})  restarts ${restarts}  errors ${errors}  redelivered ${redelivered}`;
}

/** The last incidents one by one; where there were more of them, how their times are spread. */
function incidentsOf({incidents, incidentSpreads}: Summary): string[] {
	const shown = incidents.slice(-shownIncidents).map(incident => `  ${describeIncident(incident)}`);
	if (incidents.length <= shownIncidents) return shown;
	const spread = (label: string, figure: keyof Spreads) => {
		const {count: known, min, median, p95, max} = incidentSpreads[figure];
		return `    ${label} in ${known}: min ${ms(min)}  median ${ms(median)}  p95 ${ms(p95)}  max ${ms(max)}`;
	};
	return [
		`  ${incidents.length} incidents; the last: ${shown.at(-1)!.trim()}`,
		spread('out', 'routedAwayMs'),
		spread('retried ACK', 'firstRetryAckedMs'),
		spread('p99 back', 'p99BackMs'),
		spread('back in', 'backUpMs'),
	];
}

/** Nothing where nothing was sent twice and no limit struck. */
function balancerOf({balancer}: Summary): string[] {
	const {attempts, messages, amplification, hedged, struck} = balancer;
	const limits = Object.entries(struck).filter(([, times]) => times > 0);
	if (attempts === messages && limits.length === 0) return [];
	const hedges = hedged > 0 ? `  hedged ${count(hedged)}` : '';
	const why =
		limits.length > 0 ? `  limits: ${limits.map(([name, times]) => `${name} ${count(times)}`).join(', ')}` : '';
	return [`balancer: ${count(attempts)} attempts for ${count(messages)} (×${amplification ?? '-'})${hedges}${why}`];
}

function logOf({log}: Summary): string {
	const lost = log.dropped > 0 ? `, ${count(log.dropped)} LOST` : '';
	return `log ${log.file}: ${count(log.lines)} lines, ${count(log.bytes)} bytes${lost}`;
}

function checkOf({expr, ok, value, stopped}: Summary['checks'][number]): string {
	return `check ${ok === null ? 'UNKNOWN' : ok ? 'held' : 'FAILED'}: ${expr} (is ${value ?? 'unknown'})${stopped ? ', stopped the run' : ''}`;
}

function more(number: number, what: string): string[] {
	return number > 0 ? [`  and ${number} ${what}`] : [];
}

function ms(value: number | null): string {
	return value === null ? '-' : formatDuration(value);
}

function count(value: number): string {
	return value.toLocaleString('en-US', {maximumFractionDigits: 1});
}

/** How the scenario came out: the first thing that failed, or how many there were. */
function scenarioOf({scenario}: Summary): string[] {
	if (!scenario) return [];
	const demanded = scenario.entries.filter(({kind}) => kind !== 'undo');
	const broken = demanded.find(({ok}) => ok === false) ?? demanded.find(({ok}) => ok === null);
	if (!broken) return [`scenario ${scenario.name}: ${demanded.length} of ${demanded.length} held`];
	const how = broken.ok === null ? 'was not come to' : 'failed';
	return [`scenario ${scenario.name}: ${broken.kind} in line ${broken.line} ${how}: ${broken.text}`];
}
