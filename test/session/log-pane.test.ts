/** The keys of the log pane in a real lab: what is pressed, on a terminal, over a log that was there before. */

import {chmodSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {lbtop, temporaryFolder} from '../support/lab.ts';
import {isAlive} from '../support/processes.ts';
import {launch, type Term} from '../support/term.ts';

let folder: ReturnType<typeof temporaryFolder>;
let term: Term;
beforeEach(() => {
	folder = temporaryFolder();
});
afterEach(() => {
	term.close();
	folder.close();
});

const at = (name: string) => path.join(folder.path, name);
const stamp = (index: number) =>
	`12:${String(Math.floor(index / 60) % 60).padStart(2, '0')}:${String(index % 60).padStart(2, '0')}`;
const oldLine = (index: number) =>
	`ACK Sent: 2020-01-01 ${stamp(index)} - old line ${index} | at=${stamp(index)}.${100 + (index % 7)} by=server-${1 + (index % 2)} id=c1-${Math.floor(index / 2)}`;

/** A lab over a log with these lines in it, with the log pane over the whole screen. */
async function open(lines: string[], {args = [], env = {}}: {args?: string[]; env?: Record<string, string>} = {}) {
	writeFileSync(at('log.txt'), `${lines.join('\n')}\n`);
	term = launch(process.execPath, [lbtop, '--rate', '5', ...args], {columns: 120, rows: 40, cwd: folder.path, env});
	await term.until(/READY \d+ +UP[\s\S]*READY \d+ +UP/, 20_000);
	term.press('6');
	term.press('z');
	await term.until(/6 log\.txt {2}FOLLOW[\s\S]*Message Received/, 20_000);
	return term;
}

const many = () => Array.from({length: 3500}, (_, index) => oldLine(index));
const cursorLine = () => term.text().find(line => line.includes('▶')) ?? '';
const onCursor = (what: RegExp, ms?: number) => term.until(() => what.test(cursorLine()), ms);

/** Typed as people do, a key after the other: what comes at once is a paste. */
async function type(question: RegExp, text: string) {
	await term.until(question);
	for (let length = 1; length <= text.length; length++) {
		term.press(text[length - 1]!);
		await term.until(() => term.screen().includes(`: ${text.slice(0, length)}_`));
	}
}

test('beyond what the screen keeps: the beginning, a time, the end; what came since is counted', async () => {
	await open(many());
	term.press('g');
	await onCursor(/old line 0 /);
	await term.until(/HELD[\s\S]* 0% {2}\d+ lines came since {2}f follows/);
	term.press('\x1b[6~');
	await onCursor(/old line 34 /);
	term.press('jj');
	await onCursor(/old line 36 /);
	term.press(':');
	await type(/Commands/, '12:30:05');
	term.press('\r');
	await onCursor(/old line 1805 /);
	term.press('k');
	await onCursor(/old line 1804 /);
	term.press(':');
	await type(/Commands/, '2030-01-01 1:00');
	term.press('\r');
	await term.until(/the log ends at 20/);
	await term.until(/[1-9]\d* lines came since/);
	term.press('f');
	await term.until(() => /FOLLOW/.test(term.screen()) && cursorLine() === '');
	term.press('G');
	term.press('k');
	await term.until(() => /HELD/.test(term.screen()) && /▶/.test(cursorLine()) && !cursorLine().includes('old line'));
}, 60_000);

test('search: found while it is written, marked, counted, gone through and round, and given up', async () => {
	await open(many());
	term.press('/');
	await type(/search, a text or/, 'c1-77 ');
	term.press('\x7f');
	await onCursor(/old line 1559 /);
	term.press('\x1b');
	await term.until(() => /FOLLOW/.test(term.screen()) && !/c1-77 {3}/.test(term.screen()));
	term.press('/');
	await type(/search, a text or/, 'c1-77');
	term.press('\r');
	await term.until(/c1-77 22 hits/);
	await onCursor(/old line 1559 /);
	await term.until(() => {
		const row = term.text().findIndex(line => line.includes('▶'));
		const column = term.text()[row]?.indexOf('c1-77') ?? -1;
		return column > 0 && term.cell(column, row).foreground !== term.cell(column - 1, row).foreground;
	});
	term.press('n');
	await term.until(/none further down: from the beginning/);
	await onCursor(/old line 154 /);
	term.press('n');
	await onCursor(/old line 155 /);
	term.press('N');
	await onCursor(/old line 154 /);
	term.press('N');
	await term.until(/none further up: from the end/);
	await onCursor(/old line 1559 /);
	term.press('\x1b');
	await term.until(() => !/22 hits/.test(term.screen()));
	term.press('n');
	await term.until(/nothing is searched for: \/ asks/);
	term.press('/');
	await type(/search, a text or/, '/LINE 7\\d /i');
	term.press('\r');
	await onCursor(/old line 79 /);
	await term.until(/10 hits/);
	term.press('/');
	await type(/search, a text or/, '/(/');
	term.press('\r');
	await term.until(/no regular expression: Unterminated group/);
}, 60_000);

test('filters stand on the border, follow the end, and go one by one', async () => {
	await open(many());
	term.press('&');
	await type(/only lines with/, 'by:server-1');
	term.press('\r');
	await term.until(
		() => /FOLLOW {3}\[by:server-1\]/.test(term.screen()) && !/client-|server-2/.test(term.screen().slice(240)),
	);
	term.press('&');
	await type(/only lines with/, '!/line \\d*[02468] /');
	term.press('\r');
	await term.until(/\[by:server-1\] {3}\[!\/line/);
	term.press('g');
	await term.until(() => cursorLine() !== '' && !/old line/.test(term.screen()));
	term.press('&');
	await type(/only lines with/, 'by:server-1');
	term.press('\r');
	await term.until(() => !/\[by:/.test(term.screen()));
	term.press('g');
	await onCursor(/old line 1 /);
	await term.until(() => /old line 3 [\s\S]*old line 5 /.test(term.screen()) && !/old line 2 /.test(term.screen()));
	term.press('\x7f');
	await term.until(() => term.screen().includes('old line 2 '));
	term.press('&');
	await type(/only lines with/, 'label:Retry');
	term.press('\r');
	await term.until(() => /\[label:Retry\]/.test(term.screen()) && !/old line/.test(term.screen()));
	term.press('&');
	await term.until(/only lines with/);
	term.press('\r');
	await term.until(() => !/\[label/.test(term.screen()));
	term.press('\x7f');
	await term.until(/no filter is set/);
}, 60_000);

test('time forms, wrapping, sideways; marks and copying', async () => {
	await open([`Lab: 2020-01-01 12:00:00 - ${'long '.repeat(60)}end`, ...many()]);
	term.press('g');
	await onCursor(/Lab: 2020-01-01/);
	term.press('ll');
	await term.until(/from column 17/);
	await onCursor(/12:00:00 - long/);
	term.press('h');
	term.press('h');
	await onCursor(/▶ Lab/);
	term.press('w');
	await term.until(() => /wrapped/.test(term.screen()) && /long end/.test(term.screen()));
	term.press('l');
	await term.until(/lines are wrapped: w cuts them/);
	term.press('w');
	term.press('t');
	await term.until(/12:00:00\.100 ACK Sent: old line 0/);
	term.press('t');
	await term.until(/│ {2}ACK Sent: old line 0 {2}by=server-1/);
	term.press('t');
	term.press('u');
	await term.until(/no line is marked/);
	term.press('jj');
	await onCursor(/old line 1 /);
	term.press('y');
	await term.until(new RegExp(`Copied ${oldLine(1).length} characters`));
	const copied = () => Buffer.from(term.raw().split('\x1b]52;c;').at(-1)!.split('\x07')[0]!, 'base64').toString();
	await term.until(() => copied() === oldLine(1));
	term.press('m');
	await onCursor(/▶■ACK/);
	term.press('G');
	await term.until(/FOLLOW/);
	term.press('[');
	await onCursor(/▶■.*old line 1 /);
	term.press('jj');
	await onCursor(/old line 3 /);
	term.press('m');
	await onCursor(/▶■.*old line 3 /);
	term.press(']');
	await onCursor(/▶■.*old line 1 /);
	term.press('y');
	await term.until(() => copied() === `${oldLine(1)}\n${oldLine(3)}`);
	term.press('u');
	await term.until(() => !/■ACK/.test(term.screen()));
}, 60_000);

test('Enter tells the story of the message of this run, and goes to its lines', async () => {
	const run = (day: number, ms: number) => [
		`Lab: 2020-01-0${day} 12:00:00 - lbtop started | at=12:00:00.000 by=lbtop pid=1`,
		`Message Sent: 2020-01-0${day} 12:00:01 - HAI | at=12:00:01.000 by=client-1 id=c1-9 try=1`,
		`Retry: 2020-01-0${day} 12:00:01 - reset | at=12:00:01.${ms} by=client-1 id=c1-9 try=2`,
	];
	await open([...run(1, 111), ...run(2, 222)]);
	term.press('g');
	await onCursor(/Lab/);
	term.press('\r');
	await term.until(/this line bears no message ID/);
	term.press('j');
	await onCursor(/Message Sent/);
	term.press('\r');
	await term.until(/2 lines with id=c1-9/);
	await term.until(/12:00:01\.000 +Message Sent: HAI[\s\S]*12:00:01\.111 +\+111 ms {2}Retry: reset/);
	term.press('j');
	await onCursor(/Retry/);
	term.press('y');
	await term.until(/Copied \d+ characters/);
	term.press('\r');
	await onCursor(/Retry: 2020-01-01/);
	await term.until(/lbtop started/);
}, 60_000);

describe('o', () => {
	test('opens the pager at the line; its Ctrl-C does not end the lab, and the screen comes back', async () => {
		// Called less, so that it is told the place; waits for a line as a pager would for keys.
		const less = at('less');
		writeFileSync(less, `#!/bin/bash\ntrap 'echo caught' INT\necho "pager $1 of \${2##*/}"\nread line\nread line\n`);
		chmodSync(less, 0o755);
		await open(many(), {env: {PAGER: less}});
		const {pid} = term;
		term.press('g');
		await onCursor(/old line 0 /);
		term.press('jj');
		await onCursor(/old line 2 /);
		term.press('o');
		await term.until(() => !term.isAlternateScreen());
		await term.until(new RegExp(`pager \\+${oldLine(0).length + oldLine(1).length + 2}P of log\\.txt`));
		term.press('\x03');
		await term.until(/caught/);
		term.press('q\rq\r');
		await term.until(() => term.isAlternateScreen() && /old line 2 /.test(cursorLine()));
		expect(isAlive(pid)).toBe(true);
		term.press('j');
		await onCursor(/old line 3 /);
		term.press('q');
		expect((await term.exited).exitCode).toBe(0);
	}, 60_000);
	test('says when there is no such pager', async () => {
		await open(many(), {env: {PAGER: 'no-such-pager -x'}});
		term.press('k');
		await term.until(/HELD/);
		term.press('o');
		await term.until(() => term.isAlternateScreen() && /PAGER no-such-pager -x cannot be run/.test(term.screen()));
	}, 60_000);
});

test('a log that is rotated, and one that is removed, under the eyes of who reads it', async () => {
	await open(many(), {args: ['--log-max-size', '100kb', '--log-keep', '3']});
	term.press('g');
	await onCursor(/old line 0 /);
	await term.until(/\d+ kB in 2 files/);
	rmSync(at('log.1.txt'));
	term.press('g');
	await term.until(() => !/old line/.test(term.screen()) && cursorLine() !== '');
	await term.until(() => readFileSync(at('log.txt'), 'utf8').includes('Message Sent'));
}, 60_000);

test('what a stranger put into the file moves no terminal, and a line of a megabyte is shown', async () => {
	await open(['\x1b[2J\x1b]0;title\x07hostile\xff', `${'m'.repeat(1_000_000)} end`, 'last']);
	term.press('g');
	await onCursor(/\\x1b\[2J\\x1b\]0;title\\x07hostile/);
	expect(term.raw()).not.toContain('\x1b]0;title');
	term.press('j');
	await onCursor(/m{100}/);
	term.press('w');
	await term.until(() => /wrapped/.test(term.screen()));
	term.press('w');
	term.press('j');
	await onCursor(/last/);
}, 60_000);

test('a long search says how far it is, holds up no key, and is stopped by Esc', async () => {
	await open(Array.from({length: 4000}, (_, index) => `${index} ${'x'.repeat(20)}`));
	term.press('g');
	await onCursor(/▶ 0 x/);
	term.press('/');
	await type(/search, a text or/, '/(x+x+)+y/');
	term.press('\r');
	await term.until(/searching \d+% {2}Esc stops it/, 20_000);
	term.press('j');
	await onCursor(/▶.1 x/);
	term.press('\x1b');
	await term.until(() => !/searching/.test(term.screen()) && /▶.1 x/.test(cursorLine()));
	term.press('\x1b');
	await term.until(() => !/\(x\+x\+\)\+y/.test(term.screen()));
	term.press('j');
	await onCursor(/▶ 2 x/);
}, 90_000);
