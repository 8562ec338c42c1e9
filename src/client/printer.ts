/** What a client alone in a terminal says: a line per event, safe for the terminal whatever the texts hold. */

import {formatDuration} from '../domain/duration.ts';
import {escapeText} from '../domain/escape.ts';
import {figure, t, told} from '../words/words.ts';
import {describeFailure, describeRetry} from './client-log.ts';
import {type ClientEvents, deaf} from './delivery.ts';

/** `print` gets a line without its end. */
export function createPrinter(print: (line: string) => void): ClientEvents {
	return {
		...deaf,
		sent: ({id, message}) => print(`${label(t('sent'))} ${id} ${escapeText(message.text)}`),
		acked: ({id, startedAt}, {name}, at) =>
			print(
				`${label('ACK')} ${t('{id} from {server} in {time}', {
					...{id, server: escapeText(name), time: figure(formatDuration(at - startedAt))},
				})}`,
			),
		retrying: (delivery, setback, waitMs) =>
			print(`${label(t('retry'))} ${escapeText(told(describeRetry(delivery, setback, waitMs)))}`),
		failed: (delivery, setback) =>
			print(`${label(t('failed'))} ${escapeText(told(describeFailure(delivery, setback)))}`),
	};
}

function label(word: string): string {
	return word.padEnd(Math.max(7, t('sent').length));
}
