/** What the clients say: the texts given, in turn, or a mix of all kinds. */

import {drawMessage} from '../domain/message-kinds.ts';
import type {Random} from '../domain/random.ts';
import {escapeLogText} from '../log/log-line.ts';
import type {Message} from './delivery.ts';

/** Gives one message after the other, for ever. Made ready beforehand, so that a message costs nothing when it is due. */
export function createMessages(texts: string[], random: Random): () => Message {
	const all = texts.length > 0 ? texts : Array.from({length: mixLength}, () => drawMessage(random));
	const messages = all.map(prepare);
	let next = 0;
	return () => {
		const message = messages[next]!;
		next = (next + 1) % messages.length;
		return message;
	};
}

/** So many messages of the mix, then the same again. */
const mixLength = 1000;

function prepare(text: string): Message {
	return {text, logText: escapeLogText(text), encoding: /^[ -~]*$/.test(text) ? 'latin1' : 'utf8'};
}
