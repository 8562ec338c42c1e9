import {errorWords} from '../domain/system-error.ts';
import {t, told} from '../words/words.ts';

/** Why a file that an option names cannot be written, and what to do; one line. */
export function unwritable(option: string, file: string, error: unknown): string {
	const why = told(errorWords(error));
	return t('{option} {file}: cannot be written: {why}; name another file', {option, file, why});
}
