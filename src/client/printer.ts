/** What a client alone in a terminal says: a line per event, safe for the terminal whatever the texts hold. */

import {formatDuration} from '../domain/duration.ts';
import {escapeText} from '../domain/escape.ts';
import {describeFailure, describeRetry} from './client-log.ts';
import {type ClientEvents, deaf} from './delivery.ts';

/** `print` gets a line without its end. */
export function createPrinter(print: (line: string) => void): ClientEvents {
	return {
		...deaf,
		sent: ({id, message}) => print(`sent    ${id} ${escapeText(message.text)}`),
		acked: ({id, startedAt}, {name}, at) =>
			print(`ACK     ${id} from ${escapeText(name)} in ${formatDuration(at - startedAt)}`),
		retrying: (delivery, setback, waitMs) => print(`retry   ${escapeText(describeRetry(delivery, setback, waitMs))}`),
		failed: (delivery, setback) => print(`failed  ${escapeText(describeFailure(delivery, setback))}`),
	};
}
