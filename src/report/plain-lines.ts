/** The run as plain lines: one per event, one a second with the totals. For pipes, logs of CI and dumb terminals. */

import {formatDuration} from '../domain/duration.ts';
import {escapeText} from '../domain/escape.ts';
import type {Event} from '../domain/event.ts';
import {describeEvent} from '../state/describe.ts';
import {type State, wallOf} from '../state/state.ts';

/** The line for an event, or undefined when it is not worth one. `state` is the state after it. */
export function plainLine(state: State, event: Event): string | undefined {
	const time = clock(wallOf(state, event.at));
	if (event.type === 'second-passed') return state.phase === 'running' ? `${time} ${secondLine(state)}` : undefined;
	const line = describeEvent(state, event);
	return line && `${time} ${escapeText(line.actor)}: ${escapeText(line.text)}`;
}

function secondLine({clients, samples, servers}: State): string {
	const last = samples.at(-1);
	const latency =
		last?.p50 == null || last.p99 == null ? '' : `  p50 ${formatDuration(last.p50)} p99 ${formatDuration(last.p99)}`;
	const shares = servers.map(
		({name, route, share}) => `${name} ${route?.state ?? '-'} ${share === null ? '-' : `${(share * 100).toFixed(1)}%`}`,
	);
	const {sent, acked, failed, inFlight, attempts} = clients;
	return (
		`${(last?.acked ?? 0).toFixed(0)} ACKs/s${latency}  sent ${sent} acked ${acked} failed ${failed} in flight ${inFlight} ` +
		`retries ${attempts - sent}  ${shares.join('  ')}`
	);
}

function clock(wallMs: number): string {
	const date = new Date(wallMs);
	const two = (n: number) => String(n).padStart(2, '0');
	return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
