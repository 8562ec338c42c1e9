/** The file of a recorded load. */

import {readFileSync} from 'node:fs';
import {parseArrivals} from '../domain/recorded-arrivals.ts';
import {errorWords} from '../domain/system-error.ts';
import {t, told} from '../words/words.ts';
import {invalid} from './option.ts';

/** Its name and its times in ascending order. What is wrong with it is an invalid option, told with the line's number. */
export function readArrivals(file: string): {file: string; timesMs: number[]} {
	let text: string;
	try {
		text = readFileSync(file, 'utf8');
	} catch (error) {
		return invalid(t('The file cannot be read: {why}.', {why: told(errorWords(error))}));
	}
	const arrivals = parseArrivals(text);
	return arrivals.ok
		? {file, timesMs: arrivals.timesMs}
		: invalid(`${file}:${arrivals.line}: ${told(arrivals.reason)}.`);
}
