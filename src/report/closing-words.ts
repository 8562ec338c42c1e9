/** The summary as at most 20 lines for a person; it stays on the terminal when the run is over. */

import {formatClock, formatDuration} from '../domain/duration.ts';
import type {Summary} from './summary.ts';

/** One string per line, no colours. */
export function closingWords(summary: Summary): string[] {
	const {sent, acked, failed, inFlight, attempts, retriesByCause, latencyMs, log, servers} = summary;
	const retries = attempts - sent;
	const causes = Object.entries(retriesByCause).filter(([, count]) => count > 0);
	const shown = servers.slice(0, 8);
	return [
		`lbtop ${summary.version}  ran ${formatClock(summary.durationMs)}  ${count(summary.ackedPerSecond)} ACKs/s  verdict ${summary.verdict}`,
		`  sent ${count(sent)} = acked ${count(acked)} + failed ${count(failed)} + in flight ${count(inFlight)}`,
		`  attempts ${count(attempts)}  retries ${count(retries)}${causes.length > 0 ? ` (${causes.map(([cause, n]) => `${cause} ${count(n)}`).join(', ')})` : ''}  NAKs ${count(summary.nak)}`,
		`  latency p50 ${ms(latencyMs.p50)}  p90 ${ms(latencyMs.p90)}  p99 ${ms(latencyMs.p99)}  p99.9 ${ms(latencyMs.p999)}  max ${ms(latencyMs.max)}`,
		`  lost ${summary.lost ?? 'unknown'}  duplicates ${summary.duplicates ?? 'unknown'}`,
		...shown.map(
			server =>
				`  ${server.name.padEnd(12)} ${server.address.padEnd(16)} ACKs ${count(server.acked)} (${server.share === null ? '-' : `${(server.share * 100).toFixed(1)} %`})  restarts ${server.restarts}  errors ${server.errors}  redelivered ${server.redelivered}`,
		),
		...(servers.length > shown.length ? [`  and ${servers.length - shown.length} servers more`] : []),
		`  log ${log.file}: ${count(log.lines)} lines, ${count(log.bytes)} bytes${log.dropped > 0 ? `, ${count(log.dropped)} LOST` : ''}`,
		...summary.checks
			.slice(0, 4)
			.map(
				({expr, ok, value}) =>
					`  check ${ok === null ? 'UNKNOWN' : ok ? 'held' : 'FAILED'}: ${expr} (is ${value ?? 'unknown'})`,
			),
		...(summary.checks.length > 4
			? [
					`  and ${summary.checks.length - 4} checks more, ${summary.checks.filter(({ok}) => ok !== true).length} of all not held`,
				]
			: []),
	];
}

function ms(value: number | null): string {
	return value === null ? '-' : formatDuration(value);
}

function count(value: number): string {
	return value.toLocaleString('en-US', {maximumFractionDigits: 1});
}
