import {formatClock} from '../../domain/duration.ts';
import {isAlive} from '../../domain/status.ts';
import {toldError} from '../../state/error-words.ts';
import type {PartExit} from '../../state/part-state.ts';
import {type PartState, type State, wallOf} from '../../state/state.ts';
import {t} from '../../words/words.ts';
import {type Line, span} from '../text/line.ts';
import {bytesText, clockText, countText} from '../text/number-text.ts';
import {askedBy, glyphSpan, isLive, processSpans, staleMark} from '../text/status-text.ts';
import type {Theme} from '../theme.ts';
import {type Fact, factLines, hangingLines, type Section} from './detail-lines.ts';

type Request = {state: State; width: number; theme: Theme};

/** A part's process as the system has it. */
export function processSection(part: PartState, {state, width, theme}: Request): Section {
	const {process, detail, commandLine, startedAt, cpuPercent, rssBytes, openFiles, restarts} = part;
	const isRunning = isAlive(process);
	/** What a paused process did last is no news of it. */
	const gauge = (text: string): Line => [
		span(isRunning && !isLive(part) && text !== '-' ? staleMark(theme) + text : text, isLive(part) ? 'plain' : 'faint'),
	];
	const facts: Fact[] = [
		[t('state'), [glyphSpan(part, theme), span(' '), ...processSpans(part, state.now)]],
		...(detail ? [[t('because'), [span(detail)]] satisfies Fact] : []),
		[t('up'), gauge(isRunning && startedAt !== undefined ? formatClock(Math.max(0, state.now - startedAt)) : '-')],
		['CPU', gauge(cpuPercent === null ? '-' : t('{percent} % of one core', {percent: Math.round(cpuPercent)}))],
		[t('memory'), gauge(bytesText(rssBytes))],
		[t('open files'), gauge(openFiles === null ? '-' : countText(openFiles))],
		[t('restarts'), [span(countText(restarts))]],
		[t('command'), [span(commandLine ?? (process === 'EXTERNAL' ? t('not started by lbtop') : '-'), 'muted')]],
	];
	return {title: t('Process'), lines: factLines(facts, width)};
}

/** How its last processes ended, the newest first, each with the last it wrote to stderr. */
export function exitsSection({exits}: PartState, {state, width}: Request): Section {
	const lines = exits.flatMap((exit): Line[] => [
		[span(`  ${clockText(wallOf(state, exit.at))} `, 'muted'), span(howText(exit), exit.planned ? 'plain' : 'bad')],
		...(exit.errors ?? (exit.lastError === '' ? [] : [exit.lastError]))
			.slice(-wordsEach)
			.flatMap(words => hangingLines([span(toldError(words), 'warn')], width, 11)),
	]);
	return {title: t('Last exits'), lines: lines.length > 0 ? lines : [[span(`  ${t('none')}`, 'muted')]]};
}

const wordsEach = 3;

function howText({code, signal, planned, by}: PartExit): string {
	const how = signal === null ? t('code {code}', {code: code ?? t('unknown')}) : t('signal {signal}', {signal});
	return planned ? `${how}, ${askedBy(by)}` : how;
}
