import {type Line, span} from '../text/line.ts';
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

/** A line of log.txt with its parts in their colours; what is no line of lbtop's is plain. */
export function logText(text: string): Line {
	const match = /^([A-Z][A-Za-z ]{1,20}): (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) - (.*)$/.exec(text);
	if (!match) return [span(text)];
	const [, label = '', time = '', rest = ''] = match;
	const style = labelStyles[label] ?? 'strong';
	const bar = rest.indexOf(' | ');
	const [words, values] = bar < 0 ? [rest, ''] : [rest.slice(0, bar), rest.slice(bar)];
	const isLoud = style === 'warn' || style === 'bad' || style === 'story';
	return [
		span(`${label}:`, style),
		span(` ${time} - `, 'muted'),
		span(words, isLoud ? style : undefined),
		span(values, 'muted'),
	];
}
