/** Copies by OSC 52: the terminal puts the text on its clipboard, also through ssh. */

import {t} from '../../words/words.ts';

/** Terminals drop longer sequences. */
const mostBytes = 74_000;

/** What the terminal is sent, and what people are told. `multiplexer`: what stands between, and may keep it to itself. */
type Copy = {sequence: string; told: string};

/** `text` must be safe to show: whoever pastes it into a shell should find nothing but what was seen. */
export function copyOf(text: string, environment: Record<string, string | undefined>): Copy {
	const bytes = Buffer.from(text);
	const whole = bytes.length <= mostBytes ? text : bytes.toString('utf8', 0, mostBytes).replace(/\ufffd$/, '');
	const characters = [...whole].length;
	const copied =
		whole === text
			? t('Copied {count} characters', {count: characters})
			: t('Copied the first {count} of {all} characters: more the terminal does not take', {
					count: characters,
					all: [...text].length,
				});
	const told = environment.TMUX ? `${copied} (${t('in tmux only with: set -g set-clipboard on')})` : copied;
	return {sequence: `\x1b]52;c;${Buffer.from(whole).toString('base64')}\x07`, told};
}
