/** The lines of the incidents pane: the stopwatch of one incident, the faults in force, and all incidents to choose from. */

import {formatDuration} from '../../domain/duration.ts';
import type {Incident} from '../../state/incident.ts';
import {partsOf, type State, wallOf} from '../../state/state.ts';
import {figure, t} from '../../words/words.ts';
import {faultText} from '../faults/fault-text.ts';
import {type Line, span, spread} from '../text/line.ts';
import {clockText} from '../text/number-text.ts';
import type {Style} from '../text/style.ts';
import {type Word, wordRows, words} from '../text/word-pairs.ts';
import type {Theme} from '../theme.ts';

type Request = {state: State; selected: Incident | undefined; width: number; height: number; theme: Theme};

/** `id`: the incident that the row of the list stands for. */
type IncidentRow = {line: Line; id?: number};

/** As much as fits: the selected incident first, the list of all at the end, scrolled to it. */
export function incidentRows({state, selected, width, height, theme}: Request): IncidentRow[] {
	const plain = (lines: Line[]) => lines.map((line): IncidentRow => ({line}));
	const faults = faultLines(state);
	const none = state.watched
		? t('incidents are timed in a lab; here the events tell what happened')
		: t('no incident yet: kill, pause or break a server');
	if (!selected) return plain([[span(` ${none}`, 'muted')], ...faults]);
	const headline = headlineOf(selected, state, width);
	const stopwatch = height >= 11 ? stopwatchRows(selected) : stopwatchWords(selected, width);
	const head = [headline, ...stopwatch, countsLine(selected, width), ...faults];
	const room = Math.max(0, height - head.length);
	return [...plain(head), ...listRows({state, selected, width, height: room, theme})];
}

/** The incident that is looked at: by its id, the newest when none is. */
export function selectedIncident({incidents: {list}}: State, id: number | undefined): Incident | undefined {
	return list.find(incident => incident.id === id) ?? list.at(-1);
}

/** What became of its messages: UNKNOWN while nobody can know, and never a PASS then. */
export function verdictOf({failed, lost, endedAt}: Incident): {word: string; style: Style} {
	if (failed > 0 || (lost ?? 0) > 0) return {word: 'FAIL', style: 'bad'};
	if (endedAt === undefined) return {word: t('OPEN'), style: 'warn'};
	return lost === null ? {word: 'UNKNOWN', style: 'warn'} : {word: 'PASS', style: 'good'};
}

function headlineOf(incident: Incident, state: State, width: number): Line {
	const {kind, server, at, endedAt} = incident;
	const {word, style} = verdictOf(incident);
	const lasted = figure(formatDuration(Math.max(0, (endedAt ?? state.now) - at)));
	return spread(
		[span(` ${kind} ${server}`, 'strong'), span(`  ${clockText(wallOf(state, at), 'milliseconds')}`, 'muted')],
		[span(`${lasted}  `, 'muted'), span(word, style)],
		width - 1,
	);
}

/** The moments after T0 in their order, each with its words and how long it took. */
function moments(incident: Incident): {label: string; time: number | null; bound: string; isLate: boolean}[] {
	const {firstErrorMs, firstRetryAckedMs, routedAwayMs, boundMs, p99BackMs, backUpMs} = incident;
	const plain = {bound: '', isLate: false};
	const bound =
		boundMs === null ? '' : boundMs === 0 ? t('at once') : t('bound {time}', {time: figure(formatDuration(boundMs))});
	// What is found without a check has no bound to keep, only the wish that it be at once.
	const isLate = boundMs !== null && boundMs > 0 && (routedAwayMs ?? 0) > boundMs;
	return [
		{label: t('first error'), time: firstErrorMs, ...plain},
		{label: t('retried ACK'), time: firstRetryAckedMs, ...plain},
		{label: t('out'), time: routedAwayMs, bound, isLate},
		{label: t('p99 back'), time: p99BackMs, ...plain},
		{label: t('back in'), time: backUpMs, ...plain},
	];
}

function stopwatchRows(incident: Incident): Line[] {
	return moments(incident).map(({label, time, bound, isLate}, index) => [
		span(` T${index + 1} `, 'muted'),
		span(label.padEnd(24), 'muted'),
		span(msText(time).padStart(10), isLate ? 'bad' : 'strong'),
		span(bound === '' ? '' : `  ${bound}`, 'muted'),
	]);
}

function stopwatchWords(incident: Incident, width: number): Line[] {
	const pairs = moments(incident).map(({label, time, bound, isLate}): Word => {
		const text = msText(time);
		return [label, bound === '' ? text : `${text} (${bound})`, isLate ? 'bad' : undefined];
	});
	return [pairs.slice(0, 3), pairs.slice(3)].flatMap(row => wordRows(width, row));
}

function countsLine({hit, retried, failed, lostTimeMs, lost, duplicates, overlaps}: Incident, width: number): Line {
	const count = (value: number | null) => (value === null ? t('unknown') : String(value));
	return words(width, [
		[t('failed'), String(failed), failed > 0 ? 'bad' : 'good'],
		[t('lost'), count(lost), (lost ?? 0) > 0 ? 'bad' : lost === null ? 'warn' : 'good'],
		[t('double'), count(duplicates), (duplicates ?? 0) > 0 ? 'warn' : undefined],
		[t('hit'), count(hit)],
		[t('retried'), String(retried)],
		...(failed > 0 ? [[t('lost time'), figure(formatDuration(lostTimeMs))] as Word] : []),
		...(overlaps ? [['', t('overlaps another')] as Word] : []),
	]);
}

function faultLines(state: State): Line[] {
	return partsOf(state).flatMap(({id, name}): Line[] => {
		const text = faultText(state, id);
		return text === undefined ? [] : [[span(` ${t('in force on {name}:', {name})} `, 'muted'), span(text, 'bad')]];
	});
}

/** All incidents, the newest first; none where there is no room or only one. */
function listRows({state, selected, width, height, theme}: Request & {selected: Incident}): IncidentRow[] {
	const newest = state.incidents.list.toReversed();
	if (height < 2 || newest.length < 2) return [];
	const rows = height - 1;
	const place = newest.indexOf(selected);
	const first = Math.max(0, Math.min(place - Math.floor(rows / 2), newest.length - rows));
	return [
		{line: [span(theme.glyphs.horizontal.repeat(width), 'faint')]},
		...newest.slice(first, first + rows).map((incident): IncidentRow => {
			const {word, style} = verdictOf(incident);
			const isSelected = incident === selected;
			const left = [
				span(` ${isSelected ? theme.glyphs.cursor : ' '} `, 'cursor'),
				span(`${clockText(wallOf(state, incident.at))} `, 'muted'),
				span(`${incident.kind} ${incident.server}`, isSelected ? 'strong' : 'plain'),
			];
			const out = [span(`${t('out')} `, 'muted'), span(msText(incident.routedAwayMs)), span('  ')];
			return {id: incident.id, line: spread(left, [...out, span(word, style)], width - 1)};
		}),
	];
}

function msText(value: number | null): string {
	return value === null ? '-' : figure(formatDuration(value));
}
