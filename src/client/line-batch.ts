/** The lines of several messages as one text, for one write. */

import {formatRequest} from '../domain/message.ts';
import type {Message} from './delivery.ts';

type LineBatch = {
	add(id: string, message: Message): void;
	/** What was added since the last call, whole lines in its cheapest encoding; undefined: nothing. */
	take(): {lines: string; encoding: Message['encoding']} | undefined;
};

export function createLineBatch(): LineBatch {
	let lines = '';
	let encoding: Message['encoding'] = 'latin1';
	return {
		add: (id, message) => {
			lines += `${formatRequest(id, message.text)}\n`;
			if (message.encoding === 'utf8') encoding = 'utf8';
		},
		take: () => {
			if (lines === '') return undefined;
			const taken = {lines, encoding};
			lines = '';
			encoding = 'latin1';
			return taken;
		},
	};
}
