/** What a scenario has to say to who watches it, whole sentences below the header: what to look at, what happens, what one learns. */

import type {Lesson, ScenarioProgress} from '../domain/scenario.ts';
import {t, toldQuote} from '../words/words.ts';
import type {Size} from './terminal/painter.ts';
import {fitLine, type Line, lineCells, span} from './text/line.ts';
import {wrapWords} from './text/wrap-words.ts';

/** Rows that a lesson takes of a screen, the same from its beginning to its end, so that no pane moves meanwhile; 0: none. */
export function lessonRows(scenario: ScenarioProgress | undefined, {columns, rows}: Size): number {
	const lesson = scenario?.lesson;
	if (!lesson) return 0;
	const long = Math.max(watchFor(lesson, columns).length + 1, learned(lesson, columns).length);
	return Math.min(long, rows < 30 ? 3 : 5);
}

/** At most so many rows: what to look at and, below it, what was said last; at the end what one learns. */
export function lessonLines({stage, lesson}: ScenarioProgress, {width, most}: {width: number; most: number}): Line[] {
	if (!lesson || most === 0) return [];
	const isOver = (stage === 'recovery' || stage === 'ended') && lesson.learn !== '';
	if (isOver) return atMost(learned(lesson, width), {width, most});
	const said =
		lesson.said === '' ? [] : atMost(wrapWords([span(toldQuote(lesson.said), 'strong')], width - 2), {width, most});
	return [...atMost(watchFor(lesson, width), {width, most: most - said.length}), ...said.map(indented)];
}

function watchFor({title, watchFor: text}: Lesson, width: number): Line[] {
	return text === '' ? sentence('', title, width) : sentence(`${t('watch for')}: `, text, width);
}

function learned({learn}: Lesson, width: number): Line[] {
	return learn === '' ? [] : sentence(`${t('learn')}: `, learn, width);
}

function sentence(label: string, text: string, width: number): Line[] {
	return wrapWords([span(label, 'key'), span(toldQuote(text))], width - 2).map(indented);
}

function indented(line: Line): Line {
	return [span(' '), ...line];
}

/** The first rows; where there are more, the last one says so. */
function atMost(lines: Line[], {width, most}: {width: number; most: number}): Line[] {
	if (lines.length <= most) return lines;
	return lines.slice(0, most).map((line, row) => {
		if (row < most - 1) return line;
		const cut = fitLine(line, width - 3);
		return lineCells(cut) < lineCells(line) ? cut : [...line, span(' …')];
	});
}
