import {readFileSync} from 'node:fs';

/**
 * How many files and sockets this process may have open: the limit in force, which Node has raised to the hard one at its
 * start; undefined where the system does not say (it is not Linux).
 */
export function openFileLimit(): number | undefined {
	try {
		const limit = Number(/^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'latin1'))?.[1]);
		return limit > 0 ? limit : undefined;
	} catch {
		return undefined; // then who opens too many is told so by the system, EMFILE
	}
}
