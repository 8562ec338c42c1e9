/** `--servers-file`: the servers of a balancer, one SPEC a line, read again at SIGHUP. */

import {readFileSync} from 'node:fs';
import {parseServerSpec, type ServerSpec} from '../domain/server-spec.ts';
import {errorWords} from '../domain/system-error.ts';
import {phrase} from '../words/words.ts';

/** One server of the file, and where it stands. */
export type FileServer = {line: number; spec: ServerSpec};

const mostBytes = 4 * 1024 * 1024;

/** Reads the whole file or throws with the first line that is wrong; blank lines and `#` comments are passed over. */
export function readServersFile(file: string): FileServer[] {
	let text: string;
	try {
		text = readFileSync(file, 'utf8');
	} catch (error) {
		throw new Error(phrase('{file}: cannot be read: {why}', {file, why: errorWords(error)}));
	}
	if (text.length > mostBytes) throw new Error(phrase('{file}: larger than {most} bytes', {file, most: mostBytes}));
	const servers = text.split(/\r?\n/).flatMap((content, index): FileServer[] => {
		const spec = content.replace(/(^|\s)#.*$/, '').trim();
		return spec === '' ? [] : [{line: index + 1, spec: parsed(spec, `${file}:${index + 1}`)}];
	});
	if (servers.length === 0) throw new Error(phrase('{file}: names no server', {file}));
	return servers;
}

function parsed(text: string, where: string): ServerSpec {
	try {
		return parseServerSpec(text);
	} catch (error) {
		throw new Error(`${where}: '${text}': ${(error as Error).message}`);
	}
}
