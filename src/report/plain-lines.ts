/** The run as plain lines: one per event, one a second with the totals. For pipes, logs of CI and dumb terminals. */

import {formatDuration} from '../domain/duration.ts';
import {escapeText} from '../domain/escape.ts';
import type {Event} from '../domain/event.ts';
import type {WatchedTick} from '../domain/watched.ts';
import {describedBy, nameOfActor} from '../state/describe.ts';
import {type State, wallOf} from '../state/state.ts';
import {figure, t, told} from '../words/words.ts';

/** The line for an event, below it those of incidents that it ended, or undefined when it is not worth one. `state` is the state after it. */
export function plainLine(state: State, event: Event): string | undefined {
	const time = clock(wallOf(state, event.at));
	const lines = describedBy(state, event).map(
		({actor, text}) => `${time} ${escapeText(nameOfActor(actor))}: ${escapeText(text)}`,
	);
	if (event.type === 'second-passed' && state.phase === 'running' && !isUnseen(state))
		lines.unshift(`${time} ${secondLine(state)}`);
	return lines.length === 0 ? undefined : lines.join('\n');
}

/** What runs elsewhere has not answered in this second. */
function isUnseen({watched, balancer}: State): boolean {
	return watched !== undefined && balancer.process !== 'EXTERNAL';
}

function secondLine(state: State): string {
	const {clients, samples, servers, watched} = state;
	if (watched) return watchedLine(watched, state);
	const last = samples.at(-1);
	const ms = (value: number) => figure(formatDuration(value));
	const latency = last?.p50 == null || last.p99 == null ? '' : `  p50 ${ms(last.p50)} p99 ${ms(last.p99)}`;
	const shares = servers.map(
		({name, route, share}) =>
			`${name} ${route?.state ?? '-'} ${share === null ? '-' : `${figure((share * 100).toFixed(1))}%`}`,
	);
	const {sent, acked, failed, inFlight, attempts} = clients;
	return (
		`${(last?.acked ?? 0).toFixed(0)} ${t('ACKs/s')}${latency}  ` +
		t('sent {sent} acked {acked} failed {failed} in flight {inFlight} retries {retries}', {
			...{sent, acked, failed, inFlight, retries: attempts - sent},
		}) +
		`  ${shares.join('  ')}`
	);
}

/** The second of a balancer that runs elsewhere: no ACKs, those it does not see. */
function watchedLine({figures, unit, servers}: WatchedTick, {samples}: State): string {
	const text = (count: number | null) => (count === null ? '-' : String(count));
	const rate = samples.at(-1)?.acked;
	const each = servers.map(({name, status, total}) => `${name} ${status} ${text(total)}`);
	return (
		`${rate === undefined ? '-' : rate.toFixed(0)} ${told(unit)}/s  ` +
		t('now {now} queue {queue} connect errors {errors} retries {retries} redispatched {redispatched}', {
			now: text(figures.current),
			queue: text(figures.queue),
			errors: text(figures.connectErrors),
			retries: text(figures.retries),
			redispatched: text(figures.redispatches),
		}) +
		`  ${each.join('  ')}`
	);
}

function clock(wallMs: number): string {
	const date = new Date(wallMs);
	const two = (n: number) => String(n).padStart(2, '0');
	return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
