/** `lbtop reset`: puts a terminal right that a program left broken, as after `kill -9`. */

import {spawnSync} from 'node:child_process';
import {closeSync, openSync, writeSync} from 'node:fs';
import {readOptions, UsageError} from '../cli/option.ts';
import {options} from '../cli/options/index.ts';
import {putRight} from '../ui/terminal/put-right.ts';

const help = {
	name: 'lbtop reset',
	summary:
		'Puts this terminal right: echo, line editing and Ctrl-C, the normal screen, cursor, line wrap, mouse, paste, colours. Can be typed blind.',
	example: 'lbtop reset',
};

/** Exit 4 where there is no terminal to put right. */
export function reset(argv: string[], platform = process.platform): void {
	readOptions(help, {color: options.color}, argv);
	const terminal = openTerminal(platform);
	writeSync(terminal, putRight);
	if (platform === 'win32') putWindowsRight();
	else putLineRight(terminal);
	if (terminal > 2) closeSync(terminal);
}

function openTerminal(platform: NodeJS.Platform): number {
	if (process.stdout.isTTY) return 1;
	try {
		return openSync(platform === 'win32' ? '\\\\.\\CON' : '/dev/tty', 'r+');
	} catch {
		throw new UsageError('reset: there is no terminal here; run it in the one that is to be put right', 4);
	}
}

/** `iutf8` apart: `sane` turns it off, and Backspace would then take half of an é. Not every stty knows it. */
function putLineRight(terminal: number) {
	const stty = (...words: string[]) => spawnSync('stty', words, {stdio: [terminal, 'ignore', 'ignore']});
	const {error, status} = stty('sane');
	if (error || status !== 0)
		throw new UsageError(
			`reset: stty sane did not work (${error?.message ?? `exit ${status}`}); the screen's modes are right, type: stty sane`,
			1,
		);
	stty('iutf8');
}

/** There is no stty: Node's own console modes are set once more. */
function putWindowsRight() {
	if (!process.stdin.isTTY) return;
	process.stdin.setRawMode(true);
	process.stdin.setRawMode(false);
}
