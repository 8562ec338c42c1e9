/**
 * Events in a person's words, in the language spoken: one line for the events pane, the plain output and the charts'
 * marks. For log.txt they are said `inEnglish`.
 */

import type {CheckResult} from '../domain/check.ts';
import {formatDuration} from '../domain/duration.ts';
import type {Event, FaultEndCause, PartEvent, Tone} from '../domain/event.ts';
import {formatFault} from '../domain/fault.ts';
import {auditId} from '../domain/plan.ts';
import {describeRate} from '../domain/rate.ts';
import {formatAddress} from '../domain/server-spec.ts';
import {formatRoute} from '../domain/status.ts';
import {figure, type PlainText, t, told, toldQuote} from '../words/words.ts';
import {toldError} from './error-words.ts';
import {incidentLine} from './incident-words.ts';
import {type EventLine, partOf, type State} from './state.ts';

/** `mark`: what the charts write at that moment; absent: nothing. */
type Described = EventLine & {mark?: string};

/** An event's line, or undefined for what is not worth one (ticks, seconds). */
export function describeEvent(state: State, event: Event): Described | undefined {
	const {at} = event;
	const line: Line = (actor, text, tone = 'plain', mark) =>
		mark ? {at, actor, text, tone, mark} : {at, actor, text, tone};
	switch (event.type) {
		case 'run-started':
			return line('lbtop', t('run started (pid {pid})', {pid: event.pid}));
		case 'phase-changed':
			return event.phase === 'running' ? line('lbtop', t('all parts are ready'), 'good') : undefined;
		case 'process-changed':
			return processLine(event, nameOf(state, event.part), line);
		case 'exited':
			return exitLine(state, event, line);
		case 'backing-off':
			return line(
				'lbtop',
				t('{name} starts again in {time} (attempt {attempt})', {
					name: nameOf(state, event.part),
					time: figure(formatDuration(event.delayMs)),
					attempt: event.attempt,
				}),
				'warn',
			);
		case 'spawned':
			return line('lbtop', t('{name} started (pid {pid})', {name: nameOf(state, event.part), pid: event.pid}));
		case 'part-said':
			return partLine(state, event.part, event.event, line);
		case 'commanded':
			return line(event.by, `$ ${event.echo}`);
		case 'refused':
			return line(event.by, t('refused: {reason}', {reason: told(event.reason)}), 'warn');
		case 'rate-changed': {
			const rate = told(describeRate(event.rate));
			return line('lbtop', t('rate is now {rate}', {rate}), 'plain', t('rate {rate}', {rate}));
		}
		case 'server-added': {
			const {server} = event;
			return line('lbtop', t('{name} is added at {address}', {name: server.name, address: formatAddress(server)}));
		}
		case 'moved': {
			const {from, to} = event;
			return line(
				'lbtop',
				t('port {from} is taken; {part} uses {to}', {from, part: nameOf(state, event.part), to}),
				'warn',
			);
		}
		case 'fault-began': {
			const {part, fault, forMs, by} = event;
			const words = {name: nameOf(state, part), fault: formatFault(fault)};
			const text = t('{name}: fault {fault}', words);
			if (forMs === undefined) return line(by, text, 'bad', text);
			return line(
				by,
				t('{name}: fault {fault} for {time}', {...words, time: figure(formatDuration(forMs))}),
				'bad',
				text,
			);
		}
		case 'fault-ended': {
			const text = t('{name}: fault {fault} ended', {name: nameOf(state, event.part), fault: event.fault.kind});
			return line(event.by, `${text} (${t(endWords[event.cause])})`, 'good', text);
		}
		case 'noted':
			return line('lbtop', told(event.text), 'warn');
		case 'screen-said':
			return line('screen', event.text);
		case 'checks-judged':
			return event.changed.length === 0 ? undefined : checksLine(event.changed, line);
		case 'scenario-told':
			return line('scenario', event.isQuote ? toldQuote(event.text) : told(event.text), event.tone);
		case 'second-passed':
		case 'log-read':
		case 'errors-read':
		case 'files-counted':
			return undefined;
	}
}

/** All that an event has to say: its own line, then the incidents that it ended. `state` is the state after it. */
export function describedBy(state: State, event: Event): Described[] {
	const own = describeEvent(state, event);
	const over = state.incidents.changed.filter(({endedAt}) => endedAt !== undefined);
	return [...(own ? [own] : []), ...over.map(incident => incidentLine(state, incident))];
}

const endWords: Record<FaultEndCause, PlainText> = {
	asked: 'undone',
	duration: 'its time is over',
	'part-ended': 'its process is gone',
	'run-ended': 'the run ends',
};

function processLine({status, by, detail}: Extract<Event, {type: 'process-changed'}>, name: string, line: Line) {
	if (status === 'READY') return line('lbtop', t('{name} is READY', {name}), 'good', t('{name} ready', {name}));
	if (status === 'PAUSED') return line(by, t('{name} PAUSED', {name}), 'warn', t('{name} paused', {name}));
	if (status !== 'NOT-READY' && status !== 'FAILED') return undefined;
	return line('lbtop', t('{name} is {status}: {why}', {name, status, why: told(detail ?? '')}), 'bad');
}

type Line = (actor: string, text: string, tone?: Tone, mark?: string) => Described;

function checksLine(changed: CheckResult[], line: Line): Described {
	const isBroken = changed.some(({ok}) => ok === false);
	const words = changed.map(({expr, ok, value}) => {
		const is = {expr, value: String(value ?? t('unknown'))};
		return ok ? t('check holds again: {expr} (is {value})', is) : t('check broken: {expr} (is {value})', is);
	});
	return line('lbtop', words.join('; '), isBroken ? 'bad' : 'good', isBroken ? t('check broken') : undefined);
}

function exitLine(state: State, {part, exit, planned, by}: Extract<Event, {type: 'exited'}>, line: Line): Described {
	const name = nameOf(state, part);
	const how = exit.signal
		? t('signal {name}', {name: exit.signal})
		: t('code {code}', {code: exit.code ?? t('unknown')});
	const last = exit.lastError ? `: ${toldError(exit.lastError)}` : '';
	if (planned) {
		const mark = exit.signal === 'SIGKILL' ? t('{name} killed', {name}) : t('{name} stopped', {name});
		// Asked to end, it failed: what it said of that is worth as much as after a crash.
		const words = `${t('{name} stopped ({how})', {name, how})}${exit.code ? last : ''}`;
		return line(by, words, state.phase === 'running' || exit.code ? 'warn' : 'plain', mark);
	}
	if (exit.code === 0) return line(name, `${t('EXITED with {how}', {how})}${last}`, 'bad', t('{name} stopped', {name}));
	return line(name, `${t('CRASHED with {how}', {how})}${last}`, 'bad', t('{name} crashed', {name}));
}

function partLine(state: State, part: string, event: PartEvent, line: Line): Described | undefined {
	switch (event.type) {
		case 'route-changed': {
			// A step of the way is not told; what the first check found is, though it was taken for DOWN till then.
			const isStep = event.from.state === event.to.state && formatRoute(event.from) !== formatRoute(event.to);
			if (isStep) return undefined;
			const tone = event.to.state === 'UP' ? 'good' : event.to.state === 'DOWN' ? 'bad' : 'warn';
			return line(
				'balancer',
				`${event.server} ${formatRoute(event.to)} (${told(event.cause)})`,
				tone,
				`${event.server} ${event.to.state}`,
			);
		}
		case 'algorithm-changed':
			return line('balancer', t('algorithm is now {name}', {name: event.algorithm}), 'plain', event.algorithm);
		case 'servers-changed':
			return event.cause === '' ? undefined : line('balancer', told(event.cause), 'warn');
		case 'could-not-start':
			return line(actorOf(state, part), told(event.message), 'bad');
		case 'noted':
			return line(actorOf(state, part), told(event.text), 'warn');
		default:
			return undefined;
	}
}

/** Who did it, as people are told: whoever sits before the screen is you. */
export function nameOfActor(actor: string): string {
	return actor === 'you' ? t('you') : actor;
}

/** A part that says something itself: a server by its name, any other as in `by=` of log.txt, which is short. */
function actorOf({servers}: State, id: string): string {
	return servers.find(server => server.id === id)?.name ?? id;
}

/** A part as people are told of it. */
export function nameOf(state: State, id: string): string {
	return id === auditId ? 'Log audit' : (partOf(state, id)?.name ?? id);
}
