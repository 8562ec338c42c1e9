/** The lines of the clients pane: the law of the messages, and what became of the attempts. */

import {formatDuration} from '../../domain/duration.ts';
import type {LatencySummary} from '../../domain/latency.ts';
import {retryCauses} from '../../domain/tick.ts';
import type {Incident} from '../../state/incident.ts';
import {incidentFigures} from '../../state/incident-words.ts';
import {ledgerOf} from '../../state/ledger.ts';
import {type ClientsState, recentMs, type State} from '../../state/state.ts';
import {figure, t, told} from '../../words/words.ts';
import {cellsOf, padCells} from '../text/cells.ts';
import type {Line} from '../text/line.ts';
import {countText, loadText, msText} from '../text/number-text.ts';
import {type Word, words} from '../text/word-pairs.ts';
import type {Theme} from '../theme.ts';
import {lawLines, lawSum} from './law-lines.ts';

/** `hasIncidents`: the pane of the incidents is out of sight, and those of now are told here. */
type Request = {state: State; width: number; height: number; theme: Theme; hasIncidents: boolean};

/** As much as fits: two lines say the most important; from nine lines on the sum stands written out. */
export function deliveryLines({state, width, height, theme, hasIncidents}: Request): Line[] {
	const {clients} = state;
	const rest = [
		...warnings(state, width),
		attemptsLine(clients, width, theme),
		causesLine(clients, width),
		loadLine(state, width),
		connectionsLine(clients, width),
		...checksLine(state, width),
		...latencyTable(state, width),
	];
	const law = height < 9 ? lawLines(clients, width, theme) : lawSum(clients, width, theme);
	return [...law, ...(hasIncidents ? currentIncidents(state, width) : []), ledgerLine(state, width), ...rest];
}

/** Incidents that last, and those that are over for as long as one looks for them. */
function currentIncidents({incidents, now}: State, width: number): Line[] {
	const isNow = ({endedAt}: Incident) => endedAt === undefined || now - endedAt < shownAfterMs;
	const line = (incident: Incident) => {
		const isOpen = incident.endedAt === undefined;
		const head: Word = ['', `${incident.kind} ${incident.server}`, isOpen ? 'bad' : 'good'];
		const clock: Word[] = isOpen ? [[t('for'), figure(formatDuration(Math.max(0, now - incident.at)))]] : [];
		return words(width, [head, ...clock, ...incidentFigures(incident)]);
	};
	return incidents.list.toReversed().filter(isNow).slice(0, mostShown).map(line);
}

/** An incident that is over stays beside the running ones for so long; at most so many stand there. */
const shownAfterMs = 10_000;
const mostShown = 3;

function attemptsLine({sent, attempts, retried, nak}: ClientsState, width: number, {glyphs}: Theme): Line {
	const amplification = sent === 0 ? 1 : attempts / sent;
	return words(width, [
		[t('attempts'), countText(attempts)],
		[
			'',
			`${glyphs.times}${t('{factor} a message', {factor: figure(amplification.toFixed(3))})}`,
			amplification > 1.5 ? 'bad' : amplification > 1.05 ? 'warn' : undefined,
		],
		[t('retried'), countText(retried), retried > 0 ? 'warn' : undefined],
		[t('NAKs'), countText(nak), nak > 0 ? 'warn' : undefined],
	]);
}

function causesLine({retriesByCause}: ClientsState, width: number): Line {
	return words(width, [
		[t('retries:'), ''],
		...retryCauses.map((cause): Word => {
			const count = retriesByCause[cause];
			return [cause, countText(count), count > 0 ? 'warn' : undefined];
		}),
	]);
}

function ledgerLine(state: State, width: number): Line {
	const {status, reasons, lost, duplicates, lagMs} = ledgerOf(state);
	const found = (label: string, count: number | null): Word => [
		'',
		count === null ? `${label} ${t('unknown')}` : `${countText(count)} ${label}`,
		count === null ? 'warn' : count > 0 ? 'bad' : 'good',
	];
	return words(width, [
		[t('ledger'), status === 'exact' ? t('exact') : t('unknown'), status === 'exact' ? 'good' : 'warn'],
		found(t('lost'), lost),
		found(t('double'), duplicates),
		status === 'exact' ? ['', t('{ms} ms behind', {ms: lagMs ?? '-'})] : ['', told(reasons[0] ?? '')],
	]);
}

function connectionsLine({connectionsMade, connectedNow, backingOff}: ClientsState, width: number): Line {
	return words(width, [
		[t('connections'), countText(connectionsMade)],
		[t('now'), countText(connectedNow)],
		[t('backing off'), countText(backingOff), backingOff > 0 ? 'warn' : undefined],
	]);
}

function loadLine({clients, plan}: State, width: number): Line {
	const {rate, backlog, late, dropped} = clients;
	return words(width, [
		[t('rate'), loadText(rate)],
		[t('over'), t('{count} clients', {count: countText(plan.clients.count)})],
		[t('backlog'), countText(backlog), backlog > 0 ? 'warn' : undefined],
		[t('late'), countText(late), late > 0 ? 'warn' : undefined],
		[t('dropped'), countText(dropped), dropped > 0 ? 'bad' : undefined],
	]);
}

/** What must not be overlooked: figures that are the client manager's own limit, and checks that do not hold. */
function warnings({clients, checks, now}: State, width: number): Line[] {
	const {saturatedAt, saturatedSeconds, worstLagMs} = clients.generator;
	const isSaturated = saturatedAt !== undefined && now - saturatedAt < recentMs;
	const broken = checks.filter(({ok}) => ok === false);
	return [
		...(isSaturated
			? [
					words(width, [
						['', t('generator saturated'), 'bad'],
						['', t('{count} s in all', {count: countText(saturatedSeconds)})],
						[t('worst lag'), `${msText(worstLagMs)} ms`],
					]),
				]
			: []),
		...broken.map(({expr, value}) =>
			words(width, [
				['', t('check broken: {check}', {check: expr}), 'bad'],
				[t('is'), String(value ?? t('unknown'))],
			]),
		),
	];
}

function checksLine({checks}: State, width: number): Line[] {
	if (checks.length === 0) return [];
	const count = (wanted: boolean | null) => checks.filter(({ok}) => ok === wanted).length;
	return [
		words(width, [
			[t('checks:'), ''],
			[t('held'), countText(count(true)), count(true) > 0 ? 'good' : undefined],
			[t('broken'), countText(count(false)), count(false) > 0 ? 'bad' : undefined],
			[t('unknown'), countText(count(null))],
		]),
	];
}

/** Latency from the planned time of sending and from the real one: where they differ, messages had to wait for a client. */
function latencyTable({latency, uncorrectedLatency, recentLatency}: State, width: number): Line[] {
	const row = (title: string, summary: LatencySummary): Line => {
		const cells = latencyColumns.map(([label, key]) => ({label, text: msText(summary[key])}));
		return words(width, [['', title], ...cells.map(({label, text}): Word => [label, text])]);
	};
	const titles = [t('planned, ms'), t('real, ms'), t('last 10 s, ms')] as const;
	const cells = Math.max(...titles.map(cellsOf));
	const summaries = [latency, uncorrectedLatency, recentLatency] as const;
	return summaries.map((summary, index) => row(padCells(titles[index]!, cells), summary));
}

const latencyColumns = [
	['p50', 'p50'],
	['p99', 'p99'],
	['max', 'max'],
	['p90', 'p90'],
	['p99.9', 'p999'],
	['p75', 'p75'],
	['p95', 'p95'],
] as const;
