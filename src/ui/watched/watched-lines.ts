/** What header, figures and pane of the clients say over a balancer that runs elsewhere: its counts, and what it cannot know. */

import {formatClock} from '../../domain/duration.ts';
import type {WatchedFigures, WatchedTick} from '../../domain/watched.ts';
import {type State, wallOf} from '../../state/state.ts';
import {t, told} from '../../words/words.ts';
import {type Line, lineCells, type Piece, packPieces, span, spread} from '../text/line.ts';
import {bytesText, clockText, countText, rateText} from '../text/number-text.ts';
import type {Style} from '../text/style.ts';
import {type Word, words} from '../text/word-pairs.ts';
import {isLost, known, unitWords} from './units.ts';

type Watched = {state: State; watched: WatchedTick; width: number};

/** What is looked at, since when it runs, and that it counts no ACKs. `frozen`: what says that the display stands still. */
export function watchedRunLine({state, watched, width, frozen}: Watched & {frozen: Line}): Line {
	const {program, version, backend, algorithm, mode, others, uptimeSeconds, pid, socket, unit} = watched;
	const clock: Line = [span(`${clockText(wallOf(state, state.now))} `, 'strong')];
	const up = known(uptimeSeconds, seconds => formatClock(seconds * 1000));
	const more = others.length === 0 ? '' : ` ${t('of {count}', {count: others.length + 1})}`;
	const pieces: Piece[] = [
		{line: [span(' lbtop ', 'strong')], rank: 100},
		{line: [span(` ${program.toUpperCase()} `, 'badge'), span(` ${t('up')} ${up}`, 'strong')], rank: 97},
		{line: isLost(state) ? [span(` ${t('STALE')} `, 'warnBadge')] : [], rank: 99},
		{line: frozen, rank: 98},
		{line: [span(`${t('backend')} `, 'muted'), span(backend, 'strong'), span(more, 'muted')], rank: 95},
		{
			line: [span(t('{unit}, not ACKs', {unit: unitWords(unit).many()}), 'warn')],
			rank: 96,
		},
		{line: [span(algorithm ?? '-', 'strong'), span(`, ${mode}`, 'muted')], rank: 80},
		{line: [span(version, 'muted')], rank: 40},
		{line: [span('pid ', 'muted'), span(known(pid, String))], rank: 50},
		{line: [span(socket, 'muted')], rank: 30},
	];
	return spread(packPieces(pieces, width - lineCells(clock) - 2, width < 100 ? 2 : 3), clock, width);
}

/** The whole backend in one row. */
export function watchedFiguresLine({state, watched, width}: Watched): Line {
	const {figures, unit} = watched;
	const named = (label: string, text: string, style?: Style): Line => [
		span(`${label} `, 'muted'),
		span(text, style ?? 'strong'),
	];
	const errors = sumOf(figures.connectErrors, figures.responseErrors);
	const again = sumOf(figures.retries, figures.redispatches);
	const trouble = (count: number | null, style: Style) => ((count ?? 0) > 0 ? style : 'strong');
	const last = state.samples.at(-1);
	const pieces: Piece[] = [
		{line: isLost(state) ? [span(t('STALE'), 'warnBadge')] : [], rank: 101},
		{line: named(unitWords(unit).many().toUpperCase(), known(figures.total, countText)), rank: 100},
		{line: [span(last ? `${rateText(last.acked)}/s` : '-/s', 'strong')], rank: 96},
		{line: named('CONN', known(figures.current, countText)), rank: 95},
		{line: named('QUEUE', known(figures.queue, countText), trouble(figures.queue, 'warn')), rank: 94},
		{line: named('ERRORS', known(errors, countText), trouble(errors, 'bad')), rank: 99},
		{line: named('RETRIES', known(again, countText), trouble(again, 'warn')), rank: 90},
		{line: named('ACKED', '-'), rank: 80},
		{line: named(t('total ms'), known(figures.totalMs, countText)), rank: 60},
	];
	return [span(' '), ...packPieces(pieces, width - 2, width < 100 ? 2 : 3)];
}

/** The pane of the clients: what the balancer counts of them. What it cannot know stands as unknown. */
export function watchedDelivery({state, watched, width}: Watched): Line[] {
	const {figures, unit, mode, connections, maxConnections, idlePercent} = watched;
	const count = (value: number | null) => known(value, countText);
	const warned = (value: number | null): Style | undefined => ((value ?? 0) > 0 ? 'warn' : undefined);
	const rows: Word[][] = [
		[
			[unitWords(unit).many(), count(figures.total), 'strong'],
			[t('now'), count(figures.current)],
			[t('most'), count(figures.most)],
			[t('limit'), count(figures.limit)],
		],
		[
			[t('queue'), count(figures.queue), warned(figures.queue)],
			[t('most'), count(figures.mostQueued)],
			[t('connections'), connections === null ? '-' : `${countText(connections)} / ${count(maxConnections)}`],
			[t('idle'), known(idlePercent, percent => `${percent}%`)],
		],
		[
			[t('retries'), count(figures.retries), warned(figures.retries)],
			[t('redispatched'), count(figures.redispatches), warned(figures.redispatches)],
			[t('connect errors'), count(figures.connectErrors), warned(figures.connectErrors)],
			[t('response errors'), count(figures.responseErrors), warned(figures.responseErrors)],
		],
		...(mode === 'http' ? [statusWords(figures)] : []),
		[[t('mean ms of the last 1024:'), ''], ...meanWords(figures)],
		[
			[t('broken off by clients'), count(figures.clientAborts)],
			[t('by servers'), count(figures.serverAborts), warned(figures.serverAborts)],
			[t('in'), bytesText(figures.bytesIn)],
			[t('out'), bytesText(figures.bytesOut)],
		],
		[
			[t('ACKs, lost, double'), '-'],
			['', t('{program} does not tell them', {program: watched.program})],
		],
	];
	const why = isLost(state) ? [[span(` ${told(state.balancer.detail ?? '')}`, 'bad')]] : [];
	return [...why, ...rows.map(row => words(width, row))];
}

/** Responses that tell of a mistake, by whose it is. */
export function statusWords({clientErrors, serverErrors}: WatchedFigures): Word[] {
	return [
		['4xx', known(clientErrors, countText)],
		['5xx', known(serverErrors, countText), (serverErrors ?? 0) > 0 ? 'bad' : undefined],
	];
}

/** How long the last ones took, part by part. */
export function meanWords({queueMs, connectMs, responseMs, totalMs}: WatchedFigures): Word[] {
	return [
		[t('total'), known(totalMs, countText)],
		[t('connect'), known(connectMs, countText)],
		[t('queue'), known(queueMs, countText)],
		[t('response'), known(responseMs, countText)],
	];
}

/** The sum of what is told; unknown where nothing is. */
function sumOf(one: number | null, other: number | null): number | null {
	return one === null && other === null ? null : (one ?? 0) + (other ?? 0);
}
