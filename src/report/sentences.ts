/** The run in sentences, for who listens to it: no columns, no signs, a unit behind each number. */

import {formatClock, formatDuration} from '../domain/duration.ts';
import {escapeText} from '../domain/escape.ts';
import type {Event} from '../domain/event.ts';
import {formatRoute, isTelling} from '../domain/status.ts';
import {describedBy, nameOfActor} from '../state/describe.ts';
import type {EventLine, PartState, ServerState, State} from '../state/state.ts';
import {figure, t} from '../words/words.ts';

/** What an event says, and the incidents that it ended; none for what is not worth one. `state` is the state after it. */
export function eventSentences(state: State, event: Event): string[] {
	return describedBy(state, event).map(sentenceOf);
}

function sentenceOf({actor, text}: EventLine): string {
	const command = /^\$ (.*)$/s.exec(text)?.[1];
	const who = escapeText(nameOfActor(actor));
	const said = command === undefined ? `${who}: ${escapeText(text)}` : t('{who} asked: {command}', {who, command});
	return /[.!?]$/.test(said) ? said : `${said}.`;
}

/** How the run stands. What is not known is said so. */
export function statusSentences(state: State): string[] {
	const {clients, samples, now, runningAt, startedAt, phase, servers} = state;
	const last = samples.at(-1);
	const up = servers.filter(({route}) => route?.state === 'UP').length;
	return [
		t('The lab is {phase}, for {time}.', {phase, time: formatClock(Math.max(0, now - (runningAt ?? startedAt)))}),
		t('{sent} messages sent, {acked} ACKed, {failed} failed, {inFlight} in flight, {retries} retries.', {
			sent: clients.sent,
			acked: clients.acked,
			failed: clients.failed,
			inFlight: clients.inFlight,
			retries: clients.attempts - clients.sent,
		}),
		last === undefined
			? t('No second has passed yet.')
			: t('In the last second {acked} ACKs, the median after {p50}, the 99th percentile after {p99}.', {
					acked: rounded(last.acked),
					p50: timeText(last.p50),
					p99: timeText(last.p99),
				}),
		t('{up} of {all} servers are UP.', {up, all: servers.length}),
		...routesAreOld(state),
	];
}

/** A sentence for each part: process and route, never merged, and what it carries. */
export function partSentences(state: State): string[] {
	const {servers, balancer, clients} = state;
	const sentences = [...servers.map(serverSentence), plainSentence(balancer), plainSentence(clients)];
	return [...sentences, ...routesAreOld(state)];
}

/** Who tells the routes is dead or paused: nobody knows of them now. */
function routesAreOld({balancer: {startedAt, process}}: State): string[] {
	if (startedAt === undefined || isTelling(process)) return [];
	return [t('The load balancer is {process}: the routes are what it said last.', {process})];
}

function serverSentence({name, process, route, share, perSecond, p99}: ServerState): string {
	return t(
		'{name}: process {process}, route {route}, {share} of the messages, {perSecond} a second, 99th percentile {p99}.',
		{
			name: escapeText(name),
			process,
			route: route ? formatRoute(route) : t('unknown'),
			share: share === null ? t('unknown') : `${(share * 100).toFixed(0)}%`,
			perSecond: perSecond === null ? t('unknown') : rounded(perSecond),
			p99: timeText(p99),
		},
	);
}

/** A rate is measured between two moments: who listens is not told all its digits. */
function rounded(perSecond: number): number {
	return Number(perSecond.toFixed(1));
}

function plainSentence({name, process}: PartState): string {
	return t('{name}: process {process}.', {name: escapeText(name), process});
}

function timeText(ms: number | null | undefined): string {
	return ms === null || ms === undefined ? t('unknown') : figure(formatDuration(ms));
}
