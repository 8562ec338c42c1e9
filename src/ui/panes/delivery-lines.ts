/** The lines of the clients pane: the law of the messages, and what became of the attempts. */

import {retryCauses} from '../../domain/tick.ts';
import type {ClientsState, State} from '../../state/state.ts';
import {bar} from '../charts/bar.ts';
import {cellsOf} from '../text/cells.ts';
import {type Line, lineCells, packPieces, span} from '../text/line.ts';
import {countText, rateText} from '../text/number-text.ts';
import type {Style} from '../text/style.ts';
import type {Theme} from '../theme.ts';

type Request = {state: State; width: number; height: number; theme: Theme};

/** As much as fits: two lines say the most important; from nine lines on the sum stands written out. */
export function deliveryLines({state, width, height, theme}: Request): Line[] {
	const {clients} = state;
	const rest = [
		attemptsLine(clients, width, theme),
		causesLine(clients, width),
		connectionsLine(clients, width),
		loadLine(state, width),
	];
	return [...(height < 9 ? lawLines(clients, width, theme) : lawSum(clients, width, theme)), ...rest];
}

/** `sent = acked + failed + inFlight`: the sign says whether it holds. */
function isBalanced({sent, acked, failed, inFlight}: ClientsState): boolean {
	return sent === acked + failed + inFlight;
}

/** The law in one line, or in two where it is too long. */
function lawLines(clients: ClientsState, width: number, theme: Theme): Line[] {
	const {sent, acked, failed, inFlight} = clients;
	const holds = isBalanced(clients);
	const term = (label: string, count: number, style?: Style): Line => [
		span(`${label} `, 'muted'),
		span(countText(count), style),
	];
	const begin = [
		span(' '),
		...term('sent', sent, 'strong'),
		span(holds ? ' = ' : ` ${theme.glyphs.unequal} `, holds ? 'good' : 'bad'),
		...term('acked', acked, 'good'),
	];
	const end = [
		span(' + ', 'muted'),
		...term('failed', failed, failed > 0 ? 'bad' : undefined),
		span(' + ', 'muted'),
		...term('in flight', inFlight),
		span('  '),
		...verdict(clients, theme),
	];
	const whole = [...begin, ...end];
	return lineCells(whole) <= width ? [whole] : [begin, [span('   '), ...end]];
}

function verdict(clients: ClientsState, {glyphs}: Theme): Line {
	return isBalanced(clients) ? [span(glyphs.check, 'good')] : [span(`${glyphs.cross} does not add up`, 'bad')];
}

/** The law as a sum, one term a line, each with its part of what was sent. */
function lawSum(clients: ClientsState, width: number, theme: Theme): Line[] {
	const {sent, acked, failed, inFlight} = clients;
	const digits = Math.max(7, countText(sent).length);
	const barCells = Math.max(0, Math.min(40, width - digits - 16));
	const row = (sign: string, label: string, count: number, style: Style): Line => {
		const {filled, track} = bar(sent === 0 ? 0 : count / sent, {width: barCells, ascii: theme.ascii});
		return [
			span(` ${sign} `, 'muted'),
			span(label.padEnd(10), 'muted'),
			span(countText(count).padStart(digits), count > 0 ? style : undefined),
			span('  '),
			span(filled, style),
			span(track, 'faint'),
		];
	};
	return [
		[
			span('   sent      ', 'strong'),
			span(countText(sent).padStart(digits), 'strong'),
			span('  '),
			...verdict(clients, theme),
		],
		row(isBalanced(clients) ? '=' : theme.glyphs.unequal.slice(0, 1), 'acked', acked, 'good'),
		row('+', 'failed', failed, 'bad'),
		row('+', 'in flight', inFlight, 'warn'),
		[],
	];
}

function attemptsLine({sent, attempts, retried, nak}: ClientsState, width: number, {glyphs}: Theme): Line {
	const amplification = sent === 0 ? 1 : attempts / sent;
	return words(width, [
		['attempts', countText(attempts)],
		[
			'',
			`${glyphs.times}${amplification.toFixed(3)} a message`,
			amplification > 1.5 ? 'bad' : amplification > 1.05 ? 'warn' : undefined,
		],
		['retried', countText(retried), retried > 0 ? 'warn' : undefined],
		['NAKs', countText(nak), nak > 0 ? 'warn' : undefined],
	]);
}

function causesLine({retriesByCause}: ClientsState, width: number): Line {
	return words(width, [
		['retries:', ''],
		...retryCauses.map((cause): Word => {
			const count = retriesByCause[cause];
			return [cause, countText(count), count > 0 ? 'warn' : undefined];
		}),
	]);
}

function connectionsLine({connectionsMade, connectedNow, backingOff}: ClientsState, width: number): Line {
	return words(width, [
		['connections', countText(connectionsMade)],
		['now', countText(connectedNow)],
		['backing off', countText(backingOff), backingOff > 0 ? 'warn' : undefined],
	]);
}

function loadLine({clients, plan}: State, width: number): Line {
	const {rate, backlog} = clients;
	return words(width, [
		['rate', rate === 'max' ? 'max' : `${rateText(rate)}/s`],
		['over', `${countText(plan.clients.count)} clients`],
		['backlog', countText(backlog), backlog > 0 ? 'warn' : undefined],
	]);
}

type Word = [label: string, text: string, style?: Style | undefined];

/** `label text` pairs; the later ones are left out where they do not fit. */
function words(width: number, pairs: Word[]): Line {
	const pieces = pairs.map(([label, text, style], index) => ({
		line: [span(label === '' || text === '' ? label : `${label} `, 'muted'), span(text, style)],
		rank: pairs.length - index,
	}));
	const gap =
		pairs.reduce((sum, [label, text]) => sum + cellsOf(label) + cellsOf(text) + 1, 0) + 3 * pairs.length > width
			? 2
			: 3;
	return [span(' '), ...packPieces(pieces, width - 1, gap)];
}
