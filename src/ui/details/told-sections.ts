import {formatClock, formatDuration} from '../../domain/duration.ts';
import {formatFault} from '../../domain/fault.ts';
import type {PartState, State} from '../../state/state.ts';
import {figure, t} from '../../words/words.ts';
import {type Line, span} from '../text/line.ts';
import {countText} from '../text/number-text.ts';
import {askedBy} from '../text/status-text.ts';
import {hangingLines, type Section} from './detail-lines.ts';

/** What is broken on purpose, since when and for how long yet. */
export function faultsSection({id}: PartState, {faults, now}: State, width: number): Section {
	const lines = faults
		.filter(({part}) => part === id)
		.flatMap(({fault, at, forMs, by}) => {
			const since = t('for {time}', {time: formatClock(Math.max(0, now - at))});
			const left =
				forMs === undefined ? [] : [t('{time} left', {time: figure(formatDuration(Math.max(0, at + forMs - now)))})];
			const words = [since, ...left, askedBy(by)].join(', ');
			return hangingLines([span(formatFault(fault), 'bad'), span(`  ${words}`)], width, 2);
		});
	return {title: t('Faults in force'), lines: lines.length > 0 ? lines : none()};
}

/** The end of what it wrote to stderr, over all its lives. */
export function stderrSection({stderr: {lines, total}}: PartState, width: number): Section {
	const title =
		total > lines.length
			? t('stderr, the last {count} of {total} lines', {count: lines.length, total: countText(total)})
			: 'stderr';
	const shown = lines.flatMap(line => hangingLines([span(line)], width, 2));
	return {title, lines: shown.length > 0 ? shown : none()};
}

function none(): Line[] {
	return [[span(`  ${t('none')}`, 'muted')]];
}
