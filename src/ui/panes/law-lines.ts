/** The law of the messages on the screen: that what was sent is what was ACKed, has failed or is in flight. */

import type {ClientsState} from '../../state/state.ts';
import {t} from '../../words/words.ts';
import {bar} from '../charts/bar.ts';
import {padCells} from '../text/cells.ts';
import {type Line, lineCells, span} from '../text/line.ts';
import {countText, percentText} from '../text/number-text.ts';
import type {Style} from '../text/style.ts';
import type {Theme} from '../theme.ts';

/** `sent = acked + failed + inFlight`: the sign says whether it holds. */
function isBalanced({sent, acked, failed, inFlight}: ClientsState): boolean {
	return sent === acked + failed + inFlight;
}

/** The law in one line, or in two where it is too long. */
export function lawLines(clients: ClientsState, width: number, theme: Theme): Line[] {
	const {sent, acked, failed, inFlight} = clients;
	const holds = isBalanced(clients);
	const term = (label: string, count: number, style?: Style): Line => [
		span(`${label} `, 'muted'),
		span(countText(count), style),
	];
	const begin = [
		span(' '),
		...term(t('sent'), sent, 'strong'),
		span(holds ? ' = ' : ` ${theme.glyphs.unequal} `, holds ? 'good' : 'bad'),
		...term(t('acked'), acked, 'good'),
	];
	const end = [
		span(' + ', 'muted'),
		...term(t('failed'), failed, failed > 0 ? 'bad' : undefined),
		span(' + ', 'muted'),
		...term(t('in flight'), inFlight),
		span('  '),
		...verdict(clients, theme),
	];
	const whole = [...begin, ...end];
	return lineCells(whole) <= width ? [whole] : [begin, [span('   '), ...end]];
}

function verdict(clients: ClientsState, {glyphs}: Theme): Line {
	return isBalanced(clients) ? [span(glyphs.check, 'good')] : [span(`${glyphs.cross} ${t('does not add up')}`, 'bad')];
}

/** The law as a sum, one term a line, each with its part of what was sent. */
export function lawSum(clients: ClientsState, width: number, theme: Theme): Line[] {
	const {sent, acked, failed, inFlight} = clients;
	const digits = Math.max(7, countText(sent).length);
	const barCells = Math.max(0, Math.min(40, width - digits - 21));
	const row = (sign: string, label: string, count: number, style: Style): Line => {
		const {filled, track} = bar(sent === 0 ? 0 : count / sent, {width: barCells, ascii: theme.ascii});
		return [
			span(` ${sign} `, 'muted'),
			span(padCells(label, 10), 'muted'),
			span(countText(count).padStart(digits), count > 0 ? style : undefined),
			span('  '),
			span(filled, style),
			span(track, 'faint'),
			span(percentText(sent === 0 ? null : count / sent).padStart(5), 'muted'),
		];
	};
	return [
		[
			span(`   ${padCells(t('sent'), 10)}`, 'strong'),
			span(countText(sent).padStart(digits), 'strong'),
			span('  '),
			...verdict(clients, theme),
		],
		row(isBalanced(clients) ? '=' : theme.glyphs.unequal.slice(0, 1), t('acked'), acked, 'good'),
		row('+', t('failed'), failed, 'bad'),
		row('+', t('in flight'), inFlight, 'warn'),
	];
}
