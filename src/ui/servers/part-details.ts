import {formatClock, formatDuration} from '../../domain/duration.ts';
import {engines} from '../../domain/engine.ts';
import {formatAddress} from '../../domain/server-spec.ts';
import {limitNames} from '../../domain/tick.ts';
import type {PartState, ServerHealth, ServerState, State} from '../../state/state.ts';
import {figure, t, told} from '../../words/words.ts';
import {faultText} from '../faults/fault-text.ts';
import {type Line, lineCells, packPieces, span} from '../text/line.ts';
import {bytesText, countText, msText} from '../text/number-text.ts';
import {hasGone, isLive, staleMark, troubleText} from '../text/status-text.ts';
import type {Theme} from '../theme.ts';
import {watchedServer} from '../watched/watched-columns.ts';
import {watchedWords} from '../watched/watched-facts.ts';
import type {CellFacts, ServerColumn} from './server-columns.ts';

type Words = [label: string, text: string | null][];

/** A server's second line: how its process ended when it did, or the figures that have no column of their own. */
export function serverDetail(server: ServerState, facts: CellFacts & {dropped: ServerColumn[]}): Line {
	const faults = faultLine(server, facts.state);
	const trouble = troubleLine(server, facts.state);
	if (trouble) return [...faults, ...trouble];
	const figures = facts.dropped
		.filter(({isGraph, title}) => !isGraph && title !== '')
		.map(({title, label = title, cell, rank}) => ({line: [span(`${label} `, 'muted'), ...cell(server, facts)], rank}));
	const room = Math.max(0, facts.width - lineCells(faults));
	const more = facts.state.watched ? watchedMore(server, facts.state) : moreOf(server, facts.theme);
	return [...faults, ...packPieces([...figures, ...pieces(more)], room, 3)];
}

/** What the other parts have to say beside their name and process, in `width` cells. */
export function otherPartWords(part: PartState, state: State, width: number): Line {
	const faults = faultLine(part, state);
	const trouble = troubleLine(part, state);
	if (trouble) return [...faults, ...trouble];
	const words = wordsOf(part, state);
	const lead = hasGone(part) ? [...faults, span(`${t('stale')}   `, 'warn')] : faults;
	return [
		...lead,
		...packPieces(pieces([...(state.watched ? [] : costOf(part)), ...words]), Math.max(0, width - lineCells(lead)), 3),
	];
}

/** The same as facts, those that are known. */
export function otherPartFacts(part: PartState, state: State): [label: string, text: string][] {
	return wordsOf(part, state).flatMap(([label, text]): [string, string][] => (text === null ? [] : [[label, text]]));
}

function wordsOf(part: PartState, state: State): Words {
	if (part !== state.balancer) return clientsWords(state);
	return state.watched ? watchedWords(state.watched) : balancerWords(state);
}

/** What is broken on purpose stands before everything else. */
function faultLine({id}: PartState, state: State): Line {
	const text = faultText(state, id);
	return text === undefined ? [] : [span(`${t('fault {fault}', {fault: text})}   `, 'bad')];
}

function troubleLine(part: PartState, state: State): Line | undefined {
	const text = troubleText(part, state);
	return text === undefined ? undefined : [span(text, part.lastExit?.planned ? 'muted' : 'warn')];
}

function moreOf(server: ServerState, theme: Theme): Words {
	const {times} = theme.glyphs;
	const stale = isLive(server) ? '' : staleMark(theme);
	const {maxInFlight, executed, redelivered, routeCause, weight, health, administration} = server;
	return [
		[t('at'), formatAddress(server)],
		[t('check'), checkText(health)],
		[
			t('down'),
			health === null || health.downs === 0 ? null : `${countText(health.downs)}${times} ${formatClock(health.downMs)}`,
		],
		[t('ejected'), health === null || health.ejections === 0 ? null : `${countText(health.ejections)}${times}`],
		[t('redelivered'), countText(redelivered)],
		[t('executed'), executed === null ? null : stale + countText(executed)],
		[t('most in flight'), maxInFlight === null ? null : stale + countText(maxInFlight)],
		[t('weight'), weightText(weight, health)],
		[t('balanced'), administration === null ? t('no') : null],
		[t('route'), routeCause === '' ? null : told(routeCause)],
	];
}

/** What HAProxy told of it beside its columns. */
function watchedMore(server: ServerState, state: State): Words {
	const told = watchedServer(server, state);
	return [
		[t('at'), told?.address ?? '-'],
		[t('check'), told?.checkText ?? null],
		[t('went down'), told?.downs ? countText(told.downs) : null],
	];
}

/** `L7OK 0.4 ms`; with how many failed while it was up, where some did. */
function checkText(health: ServerHealth | null): string | null {
	if (health === null || health.check === null) return null;
	const {check, checkFailures} = health;
	const failed = checkFailures === 0 ? '' : ` (${t('{count} failed', {count: countText(checkFailures)})})`;
	return `${check.status} ${msText(check.ms)} ms${failed}`;
}

/** `5`; `1.3 of 5` in a slow start; nothing where it is 1 like everyone's. */
export function weightText(weight: number, health: ServerHealth | null): string | null {
	const inForce = health?.weight ?? weight;
	if (inForce !== weight) return t('{part} of {whole}', {part: figure(inForce.toFixed(2)), whole: weight});
	return weight === 1 ? null : String(weight);
}

function balancerWords({balancer, plan}: State): Words {
	return [
		[t('port'), String(balancer.port)],
		[t('clients now'), countText(balancer.clientConnections)],
		[t('accepted'), countText(balancer.accepted)],
		[t('NAKs'), countText(balancer.nak)],
		[t('waiting'), balancer.waiting === 0 ? null : countText(balancer.waiting)],
		[t('amplification'), balancer.messages === 0 ? null : figure((balancer.attempts / balancer.messages).toFixed(3))],
		...limitNames.map((name): Words[number] => [
			name,
			balancer.struck?.[name] ? countText(balancer.struck[name]) : null,
		]),
		[t('hedged'), balancer.hedged === 0 ? null : countText(balancer.hedged)],
		[t('engine'), engines[plan.balancer.engine].title ?? null],
		[t('mode'), plan.balancer.mode],
		[t('stats socket'), plan.balancer.statsSocket ?? null],
	];
}

function clientsWords({plan}: State): Words {
	const {count, connect, retries, ackTimeoutMs} = plan.clients;
	return [
		[t('clients'), countText(count)],
		[t('connect'), connect],
		[t('ACK timeout'), figure(formatDuration(ackTimeoutMs))],
		[t('retries'), countText(retries)],
	];
}

function costOf({cpuPercent, rssBytes, restarts}: PartState): Words {
	return [
		[t('cpu'), cpuPercent === null ? '-' : `${Math.round(cpuPercent)}%`],
		[t('mem'), bytesText(rssBytes)],
		[t('restarts'), countText(restarts)],
	];
}

/** The first words stay longest. */
function pieces(words: Words) {
	return words
		.filter(([, text]) => text !== null)
		.map(([label, text], index) => ({line: [span(`${label} `, 'muted'), span(text ?? '')], rank: 20 - index}));
}
