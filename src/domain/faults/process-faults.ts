/** Faults of a server's process; they take any server whose process is ours, a user's own program too. */

import type {PlainPhrase} from '../../words/words.ts';
import {duration} from './parameter.ts';

export const processFaults = {
	stop: {
		target: 'process',
		parameters: {},
		line: 'stops gently: answers what it has read, sends FIN; later connects are refused (RST)',
	},
	kill: {
		target: 'process',
		parameters: {},
		line: 'kill -9: the kernel closes its sockets, with RST where bytes were unread; later connects are refused (RST)',
	},
	pause: {
		target: 'process',
		parameters: {},
		line: 'SIGSTOP: the kernel still accepts and acknowledges bytes, and nobody ever reads or answers them',
	},
	'exit-at-start': {
		target: 'process',
		parameters: {},
		line: 'killed, and again at each start before it listens: each connect is refused (RST)',
	},
	'restart-loop': {
		target: 'process',
		main: 'afterMs',
		parameters: {afterMs: duration('after', {least: 0, most: 3_600_000, fallback: 1000})},
		line: 'killed each time it was ready for so long: connects succeed, break (RST) and are refused by turns',
	},
} as const satisfies Record<string, {line: PlainPhrase; [more: string]: unknown}>;
