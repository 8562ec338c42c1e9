import type {TimeForm} from '../log/log-view.ts';
import {type Line, type Span, span} from '../text/line.ts';
import type {Style} from '../text/style.ts';

const labelStyles: Record<string, Style> = {
	Connection: 'muted',
	'Message Sent': 'send',
	Forwarded: 'route',
	'ACK Sent': 'ack',
	'Message Received': 'ack',
	Retry: 'warn',
	'Message Failed': 'bad',
	Server: 'story',
	Throughput: 'muted',
	Latency: 'muted',
	Lab: 'story',
	Incident: 'warn',
};

/** A piece of a line's text, or of our own between two of them. */
type Piece = {from: number; to: number; style?: Style | undefined} | {own: string};

type Look = {time?: TimeForm; hits?: [from: number, to: number][]};

/** A line of log.txt with its parts in their colours and hits marked; what is no line of lbtop's is plain. */
export function logText(text: string, {time = 'full', hits = []}: Look = {}): Line {
	return piecesOf(text, time).flatMap(piece => ('own' in piece ? [span(piece.own)] : spansOf(text, piece, hits)));
}

function piecesOf(text: string, form: TimeForm): Piece[] {
	const match = /^([A-Z][A-Za-z ]{1,20}): (\d{4}-\d\d-\d\d (\d\d:\d\d:\d\d)) - /.exec(text);
	if (!match) return [{from: 0, to: text.length}];
	const [head, label = '', stamp = ''] = match;
	const style = labelStyles[label] ?? 'strong';
	const loud = style === 'warn' || style === 'bad' || style === 'story' ? style : undefined;
	const bar = text.indexOf(' | ', head.length);
	const valuesFrom = bar < 0 ? text.length : bar;
	const labelPiece = {from: 0, to: label.length + 1, style};
	const words = {from: head.length, to: valuesFrom, style: loud};
	if (form === 'full')
		return [
			labelPiece,
			{from: labelPiece.to, to: head.length, style: 'muted'},
			words,
			{from: valuesFrom, to: text.length, style: 'muted'},
		];
	const at = /^ \| at=(\d\d:\d\d:\d\d\.\d{3})( |$)/.exec(text.slice(valuesFrom));
	const restFrom = at ? valuesFrom + at[0].length : Math.min(text.length, valuesFrom + 3);
	const clockFrom = at ? valuesFrom + 6 : label.length + 2 + stamp.length - 8;
	const clock: Piece = {from: clockFrom, to: clockFrom + (at ? 12 : 8), style: 'muted'};
	const values: Piece[] =
		restFrom < text.length ? [{own: '  '}, {from: restFrom, to: text.length, style: 'muted'}] : [];
	return [...(form === 'clock' ? [clock, {own: ' '}] : []), labelPiece, {own: ' '}, words, ...values];
}

function spansOf(
	text: string,
	{from, to, style}: {from: number; to: number; style?: Style | undefined},
	hits: [number, number][],
): Span[] {
	const spans: Span[] = [];
	let at = from;
	for (const [begin, end] of hits) {
		if (end <= at || begin >= to) continue;
		if (begin > at) spans.push(span(text.slice(at, begin), style));
		spans.push(span(text.slice(Math.max(at, begin), Math.min(to, end)), 'hit'));
		at = Math.min(to, end);
	}
	return at < to ? [...spans, span(text.slice(at, to), style)] : spans;
}
