/** What `lbtop top` looks at. */

import {t} from '../../words/words.ts';
import {invalid} from '../option.ts';
import {duration, row, someText} from '../option-kinds.ts';
import type {Rows} from '../option-row.ts';

export const topOptions = {
	haproxy: row('--haproxy <SOCKET>', "HAProxy's stats socket, a path or HOST:PORT", someText),
	backend: row('--backend <NAME>', 'the backend to show (default: the first that has servers)', someText),
	every: row('--every <T>', 'how often it is asked, 1s to 1m', {...duration, parse: parseEvery}, '1s'),
} satisfies Rows;

function parseEvery(text: string): number {
	const ms = duration.parse(text);
	return ms >= 1000 && ms <= 60_000 ? ms : invalid(t('It is a duration from 1s to 1m.'));
}
