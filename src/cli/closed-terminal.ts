import {closeSync} from 'node:fs';
import {isatty} from 'node:tty';

/**
 * Lets go of a terminal that was closed under us, at the exit: Node puts back the modes of each terminal it was given, and
 * aborts, with a core file, where that cannot be done. (ResetStdio in node.cc; it passes over what is closed.)
 */
export function letGoOfClosedTerminal() {
	const terminals = [0, 1, 2].filter(file => isatty(file));
	if (terminals.length === 0) return;
	process.on('exit', () => {
		for (const file of terminals.filter(each => !isatty(each))) {
			try {
				closeSync(file);
			} catch {
				// It is closed already, which is what was wanted.
			}
		}
	});
}
