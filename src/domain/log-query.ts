/** What people write to search, filter and find a time in the log, read into terms. */

import {t, told} from '../words/words.ts';
import type {LogFilter, LogTerm, LogTime} from './log-reading.ts';

/** `text`, or `/pattern/flags`. A string says why it is neither. */
export function readSearch(text: string): LogTerm | string {
	const pattern = /^\/(.+)\/([a-z]*)$/.exec(text);
	if (!pattern) return text === '' ? t('nothing to look for was written') : {type: 'text', text};
	const [, source = '', flags = ''] = pattern;
	try {
		new RegExp(source, flags);
	} catch (error) {
		return t('no regular expression: {why}', {why: told((error as Error).message.replace(/^.*: /s, ''))});
	}
	return {type: 'pattern', source, flags: flags.replace(/[gy]/g, '')};
}

/** As a search; also `by:PART`, `label:LABEL`, a `*` at their end for anything; `!` before it: lines without it. */
export function readFilter(written: string): LogFilter | string {
	const excludes = written.startsWith('!');
	const text = excludes ? written.slice(1) : written;
	const named = /^(by|label):(.+)$/.exec(text);
	if (named?.[1] === 'by') return {term: {type: 'by', part: named[2]!.trim()}, excludes};
	if (named) return {term: {type: 'label', label: named[2]!.trim()}, excludes};
	const term = readSearch(text);
	return typeof term === 'string' ? term : {term, excludes};
}

/** A term as one would write it. */
export function termText(term: LogTerm): string {
	switch (term.type) {
		case 'text':
			return term.text;
		case 'pattern':
			return `/${term.source}/${term.flags}`;
		case 'by':
			return `by:${term.part}`;
		case 'label':
			return `label:${term.label}`;
	}
}

/** A filter as one would write it. */
export function filterText({term, excludes}: LogFilter): string {
	return (excludes ? '!' : '') + termText(term);
}

/** `14:02`, `14:02:31`, `14:02:31.140`, with a day before it or not. A string says why it is none. */
export function readLogTime(text: string): LogTime | string {
	const match = /^(?:(\d{4}-\d\d-\d\d)[ T])?(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,3}))?)?$/.exec(text.trim());
	const [, day, hours = '', minutes = '', seconds = '00', ms = ''] = match ?? [];
	if (!match || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59)
		return t('a time is 14:02, 14:02:31 or 2026-09-14 14:02:31');
	const clock = `${hours.padStart(2, '0')}:${minutes}:${seconds}.${ms.padEnd(3, '0')}`;
	return {...(day === undefined ? {} : {day}), clock};
}
