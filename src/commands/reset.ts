/** `lbtop reset`: puts a terminal right that a program left broken, as after `kill -9`. */

import {spawnSync} from 'node:child_process';
import {closeSync, openSync, writeSync} from 'node:fs';
import {isatty} from 'node:tty';
import {type CommandHelp, readOptions, UsageError} from '../cli/option.ts';
import {options} from '../cli/options/index.ts';
import {errorWords} from '../domain/system-error.ts';
import {putRight} from '../ui/terminal/put-right.ts';
import {t, told} from '../words/words.ts';

const help: CommandHelp = {
	name: 'lbtop reset',
	summary:
		'Puts this terminal right: echo, line editing and Ctrl-C, the normal screen, cursor, line wrap, mouse, paste, colours. Can be typed blind.',
	example: 'lbtop reset',
};

/** Exit 4 where there is no terminal to put right. */
export function reset(argv: string[], platform = process.platform): void {
	readOptions(help, {lang: options.lang, color: options.color}, argv);
	const terminal = openTerminal(platform);
	writeSync(terminal, putRight);
	if (platform === 'win32') putWindowsRight();
	else putLineRight(terminal);
	if (terminal > 2) closeSync(terminal);
	leaveAsItIs();
}

/**
 * At its end Node gives each terminal among its standard streams the line modes back that it had at the start, here the
 * broken ones; not so where the stream is closed.
 */
function leaveAsItIs(): never {
	for (const stream of [0, 1, 2]) if (isatty(stream)) closeSync(stream);
	process.exit(0);
}

function openTerminal(platform: NodeJS.Platform): number {
	if (isatty(1)) return 1;
	try {
		return openSync(platform === 'win32' ? '\\\\.\\CON' : '/dev/tty', 'r+');
	} catch {
		throw new UsageError(t('reset: there is no terminal here; run it in the one that is to be put right'), 4);
	}
}

/**
 * `sane` alone leaves Ctrl-S and Ctrl-Q dead. `iutf8` apart: `sane` turns it off, and Backspace would then take half of an
 * é; not every stty knows it.
 */
function putLineRight(terminal: number) {
	const stty = (...words: string[]) => spawnSync('stty', words, {stdio: [terminal, 'ignore', 'ignore']});
	const {error, status} = stty('sane', 'ixon');
	if (error || status !== 0)
		throw new UsageError(
			t("reset: stty sane did not work ({why}); the screen's modes are right, type: stty sane ixon", {
				why: error ? told(errorWords(error)) : t('code {code}', {code: status ?? t('unknown')}),
			}),
			1,
		);
	stty('iutf8');
}

/** There is no stty: Node's own console modes are set once more. */
function putWindowsRight() {
	if (!isatty(0)) return;
	process.stdin.setRawMode(true);
	process.stdin.setRawMode(false);
}
