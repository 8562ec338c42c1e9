/** Says what a server answers that is no answer, for whoever wonders why all its messages are sent again. */

import {escapeText} from '../domain/escape.ts';
import {phrase} from '../words/words.ts';

/** More of such a line tells nobody more. */
const mostShown = 60;

/** Takes such lines, one character a byte, and says the first. */
export function createStrangeAnswerWatch(say: (text: string) => void): (bytes: string) => void {
	let isSaid = false;
	return bytes => {
		if (isSaid) return;
		isSaid = true;
		const text = escapeText(Buffer.from(bytes.slice(0, mostShown), 'latin1').toString('utf8'));
		say(
			phrase(
				"'{text}' came as an answer and is neither ACK nor NAK: its message is sent again; a server says '#ID ACK from NAME'",
				{text: bytes.length > mostShown ? `${text}...` : text},
			),
		);
	};
}
