import type {Actor} from '../../domain/command.ts';
import {formatClock} from '../../domain/duration.ts';
import {isAlive, isTelling, type ProcessStatus, processGlyph} from '../../domain/status.ts';
import {toldError} from '../../state/error-words.ts';
import type {PartState, ServerState, State} from '../../state/state.ts';
import {figure, t} from '../../words/words.ts';
import type {Theme} from '../theme.ts';
import {type Line, type Span, span} from './line.ts';
import type {Style} from './style.ts';

const processStyle: Record<ProcessStatus, Style> = {
	NEW: 'muted',
	STARTING: 'warn',
	READY: 'good',
	'NOT-READY': 'warn',
	PAUSED: 'warn',
	STOPPING: 'warn',
	STOPPED: 'muted',
	EXITED: 'muted',
	CRASHED: 'bad',
	BACKOFF: 'bad',
	FAILED: 'bad',
	EXTERNAL: 'muted',
};

/** The sign of a part's process. */
export function glyphSpan({process}: PartState, {ascii}: Theme): Span {
	return span(processGlyph[process][ascii ? 'ascii' : 'unicode'], processStyle[process]);
}

/** `READY 4121`, `BACKOFF 2.1 s`, `STOPPED`. */
export function processSpans({process, pid, nextStartAt}: PartState, now: number): Line {
	const word = span(process, processStyle[process]);
	if (process === 'BACKOFF' && nextStartAt !== undefined)
		return [word, span(` ${figure((Math.max(0, nextStartAt - now) / 1000).toFixed(1))} s`, 'muted')];
	return pid !== undefined && isAlive(process) ? [word, span(` ${pid}`, 'muted')] : [word];
}

/**
 * The route, in the balancer's words: `UP`, `UP 1/3`, `DOWN`. `!` behind it: the balancer still sends to a process that
 * is gone. `?`: the balancer itself is not well, so nobody knows.
 */
export function routeSpan(server: ServerState, balancer: PartState): Span {
	const {route, process} = server;
	if (!route) return span('-', 'muted');
	const progress = route.progress ? ` ${route.progress.done}/${route.progress.of}` : '';
	const text = route.state + progress;
	if (balancer.process !== 'READY' && balancer.process !== 'EXTERNAL') return span(`${text} ?`, 'muted');
	if (route.state === 'UP' && !isAlive(process) && process !== 'EXTERNAL') return span(`${text} !`, 'bad');
	if (route.state === 'UP') return span(text, progress === '' ? 'good' : 'warn');
	return span(text, route.state === 'DOWN' || route.state === 'EJECTED' ? 'bad' : 'warn');
}

/** How a part's last process ended, by whom, when, and its last words; undefined while it never ended. */
export function exitText({lastExit}: PartState, {now}: Pick<State, 'now'>): string | undefined {
	if (!lastExit) return undefined;
	const {code, signal, planned, by, at, lastError} = lastExit;
	const how = signal ?? t('code {code}', {code: code ?? t('unknown')});
	const who = planned ? `, ${askedBy(by)}` : '';
	const words = lastError === '' ? '' : `: ${toldError(lastError)}`;
	return t('last exit: {how}, {time} ago', {how: how + who, time: formatClock(Math.max(0, now - at))}) + words;
}

/**
 * What there is to tell of a part that is not well: why it is so, how its last process ended. Undefined while it works,
 * or before it ever ran.
 */
export function troubleText(part: PartState, state: Pick<State, 'now'>): string | undefined {
	const {process, detail} = part;
	if (isAlive(process) && process !== 'NOT-READY') return undefined;
	const exit = isAlive(process) ? undefined : exitText(part, state);
	if (process !== 'FAILED' && exit !== undefined) return exit;
	const words = [detail, exit].filter(text => text !== undefined && text !== '');
	return words.length > 0 ? words.join('; ') : undefined;
}

/** Who asked for it, in words. */
export function askedBy(who: Actor): string {
	return who === 'you' ? t('asked by you') : t('asked by {who}', {who});
}

/** Stands before a figure that is no news: what it was when its part was last heard of. */
export function staleMark({glyphs}: Pick<Theme, 'glyphs'>): string {
	return glyphs.stale;
}

/** It has run and does no more, or is paused: what it told last stands still. */
export function hasGone(part: PartState): boolean {
	return part.startedAt !== undefined && !isLive(part);
}

/** Beside the title of what the clients told last, or who counts them elsewhere, when they tell no more. */
export function loadNote({clients, balancer, watched}: State): Line {
	const isOld = watched ? balancer.process !== 'EXTERNAL' : hasGone(clients);
	const {name, process} = watched ? balancer : clients;
	return isOld ? [span(t('stale: {name} is {state}', {name, state: process}), 'warn')] : [];
}

/** True while a part's gauges tell of a working process. */
export function isLive({process}: PartState): boolean {
	return isTelling(process);
}
