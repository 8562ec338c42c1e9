/** Opens a file in the person's pager, with the terminal all to itself. */

import {spawn} from 'node:child_process';
import {errorWords} from '../../domain/system-error.ts';
import {t, told} from '../../words/words.ts';

/** The command line for a place in a file; `isAtPlace`: the pager is told where to begin. */
export function pagerCommand(pager: string, byte: number): {command: string; arguments: string[]; isAtPlace: boolean} {
	const program = /^\s*(?:\S*\/)?([^\s/]+)/.exec(pager)?.[1];
	// less goes to a byte by the command P.
	const isAtPlace = program === 'less';
	// The shell outlives a Ctrl-C that is for the pager.
	return {command: `trap : INT; ${pager} "$@"`, arguments: isAtPlace ? [`+${byte}P`] : [], isAtPlace};
}

/** `PAGER`, or less; empty counts as unset, as everywhere. */
export function pagerOf({PAGER}: Record<string, string | undefined>): string {
	return PAGER?.trim() || 'less';
}

/** Runs it to its end. Gives what there is to tell: why it could not, or that it began elsewhere; undefined: nothing. */
export async function page(file: string, byte: number, pager: string): Promise<string | undefined> {
	const {command, arguments: words, isAtPlace} = pagerCommand(pager, byte);
	const code = await new Promise<number | string>(resolve => {
		const child = spawn('/bin/sh', ['-c', command, 'sh', ...words, file], {stdio: 'inherit'});
		child.on('error', error => resolve(told(errorWords(error))));
		child.on('exit', (status, signal) => resolve(signal ?? status ?? 1));
	});
	if (code === 127 || code === 126) return t('PAGER {pager} cannot be run: not found, or not a program', {pager});
	if (code !== 0) return t('PAGER {pager} ended with {code}', {pager, code});
	return isAtPlace ? undefined : t('PAGER {pager} began where it begins: only less is told the line', {pager});
}
