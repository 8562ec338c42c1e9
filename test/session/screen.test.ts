import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {ask} from '../../src/control/control-client.ts';
import {socketPath} from '../../src/control/socket-path.ts';
import {lbtop, temporaryFolder} from '../support/lab.ts';
import {childrenOf, isAlive} from '../support/processes.ts';
import {launch, type Term} from '../support/term.ts';
import {until} from '../support/until.ts';

let folder: ReturnType<typeof temporaryFolder>;
let term: Term | undefined;
beforeEach(() => {
	folder = temporaryFolder();
});
afterEach(async () => {
	term?.close();
	folder.close();
});

const open = (args: string[] = [], options: Parameters<typeof launch>[2] = {}) => {
	term = launch(process.execPath, [lbtop, '--rate', '50', ...args], {
		columns: 120,
		rows: 40,
		cwd: folder.path,
		...options,
	});
	return term;
};
/** The lab started from a shell, so that what it leaves of the terminal can be seen. */
const openFromShell = (line: string) => {
	const script = `echo before; ${line}; echo "rc=$?"; stty -a | tr ';' '\\n' | grep -oE -- '-?(icanon|echo|isig)\\b' | tr '\\n' ' '; echo done`;
	term = launch('/bin/bash', ['-c', script], {columns: 100, rows: 30, cwd: folder.path});
	return term;
};
const running = /Server 1 +READY \d+ +UP[\s\S]*Server 2 +READY \d+ +UP/;
const row = (screen: Term, name: string) => screen.text().find(line => line.includes(` ${name} `)) ?? '';
const pidsOn = (screen: Term) => [...screen.screen().matchAll(/READY (\d+)/g)].map(match => Number(match[1]));

test('Server 1 is killed by a key, its messages move to Server 2, it is started again, and log.txt tells it', async () => {
	const screen = open();
	await screen.until(running, 20_000);
	const [first] = pidsOn(screen);
	screen.press('X');
	await screen.until(() => /STOPPED.*DOWN/.test(row(screen, 'Server 1')));
	expect(isAlive(first!)).toBe(false);
	// The foot of a frame may come a moment after its head.
	await screen.until(() => screen.screen().includes(`$ kill -KILL ${first}`));
	await screen.until(/last exit: SIGKILL, asked by you/);
	screen.press('s');
	await screen.until(running, 20_000);
	expect(pidsOn(screen)[0]).not.toBe(first);
	await screen.until(/6 log\.txt[\s\S]*ACK Sent: .* - ACK from Server 1 \|/, 10_000);
	screen.press('q');
	expect((await screen.exited).exitCode).toBe(0);
}, 60_000);

test('pause, resume, stop, restart and their refusals', async () => {
	const screen = open();
	await screen.until(running, 20_000);
	screen.press('j');
	screen.press('p');
	await screen.until(() => row(screen, 'Server 2').includes('PAUSED'));
	await screen.until(() => /DOWN/.test(row(screen, 'Server 2')), 20_000);
	screen.press('p');
	await screen.until(running, 20_000);
	const [one, two] = pidsOn(screen);
	screen.press('s');
	await screen.until(/Server 2 already runs/);
	screen.press('r');
	await screen.until(() => running.test(screen.screen()) && pidsOn(screen)[1] !== two, 20_000);
	screen.press('x');
	await screen.until(() => row(screen, 'Server 2').includes('STOPPED'));
	screen.press('R');
	await screen.until(running, 20_000);
	expect(pidsOn(screen)[0]).toBe(one);
}, 90_000);

test('the rate goes up and down by key, at the clients too', async () => {
	const screen = open();
	await screen.until(running, 20_000);
	await screen.until(/@ 50\/s/);
	screen.press('+');
	await screen.until(/@ 100\/s/);
	screen.press('--');
	await screen.until(/@ 20\/s/);
}, 40_000);

describe('whatever ends it, the terminal is as it was and no process is left', () => {
	const endings: [string, (screen: Term) => void, number][] = [
		['q', (screen: Term) => screen.press('q'), 0],
		['Q', (screen: Term) => screen.press('Q'), 0],
		['Ctrl-C', (screen: Term) => screen.press('\x03'), 0],
		['Ctrl-C twice', (screen: Term) => screen.press('\x03\x03'), 0],
		['SIGTERM', (screen: Term) => process.kill(childOf(screen), 'SIGTERM'), 143],
		['the end of --for', () => {}, 0],
	];
	test.each(endings)(
		'%s',
		async (name, act, code) => {
			const screen = openFromShell(
				`${process.execPath} ${lbtop} --rate 50 ${name.includes('--for') ? '--for 4s' : ''}`,
			);
			await screen.until(/READY \d+[\s\S]*READY \d+/, 20_000);
			const pids = pidsOn(screen);
			act(screen);
			await screen.until(/done/, 20_000);
			expect(screen.isAlternateScreen()).toBe(false);
			expect(screen.isCursorHidden()).toBe(false);
			expect(screen.screen()).toContain('before');
			expect(screen.screen()).toContain(`rc=${code}`);
			expect(screen.screen()).toMatch(/ in flight 0/);
			expect(screen.screen()).not.toMatch(/-icanon|-echo\b|-isig/);
			await until(() => !pids.some(isAlive));
		},
		60_000,
	);
	test('the terminal is closed', async () => {
		const screen = open();
		await screen.until(running, 20_000);
		const pids = [...pidsOn(screen), screen.pid];
		screen.hangUp();
		await until(() => !pids.some(isAlive), {what: 'every process is gone'});
	}, 40_000);
	test('the terminal of a shell is closed, and it is no crash', async () => {
		// The kernel tells only the shell, which ignores it: lbtop sees that its input ends.
		const line = `trap '' HUP; ${process.execPath} ${lbtop} --rate 50; echo $? > ended; mv ended code`;
		term = launch('/bin/sh', ['-c', line], {columns: 120, rows: 40, cwd: folder.path});
		await term.until(running, 20_000);
		term.hangUp();
		const code = path.join(folder.path, 'code');
		await until(() => existsSync(code), {what: 'lbtop has ended', ms: 20_000});
		expect(readFileSync(code, 'utf8')).toBe('0\n');
	}, 60_000);
});

test('Ctrl-Z gives the terminal to the shell; fg brings the screen back', async () => {
	term = launch('/bin/bash', ['--norc', '-i'], {columns: 100, rows: 30, cwd: folder.path, env: {PS1: '$ '}});
	const screen = term;
	screen.press(`${process.execPath} ${lbtop} --rate 50\r`);
	await screen.until(/READY \d+[\s\S]*READY \d+/, 20_000);
	screen.press('\x1a');
	await screen.until(() => !screen.isAlternateScreen() && /Stopped/.test(screen.screen()));
	screen.press('echo typed-in-the-shell\r');
	await screen.until(/^typed-in-the-shell/m);
	screen.press('fg\r');
	await screen.until(() => screen.isAlternateScreen() && /READY \d+/.test(screen.screen()), 10_000);
	screen.press('q');
	await screen.until(() => !screen.isAlternateScreen() && /in flight 0/.test(screen.screen()), 10_000);
}, 60_000);

test('no colour is written when none is wanted', async () => {
	const screen = open([], {env: {NO_COLOR: '1'}});
	await screen.until(running, 20_000);
	// biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes are the subject
	expect(/\x1b\[[\d;]*(?:3[0-7]|4[0-7]|9[0-7]|[34]8;)[\d;]*m/.exec(screen.raw())?.[0]).toBeUndefined();
}, 40_000);

test('a dumb terminal gets plain lines', async () => {
	const screen = open(['--for', '2s'], {env: {TERM: 'dumb'}});
	expect((await screen.exited).exitCode).toBe(0);
	expect(screen.isAlternateScreen()).toBe(false);
	expect(screen.raw()).toMatch(/all parts are ready/);
	expect(screen.raw().includes('\x1b')).toBe(false);
}, 40_000);

test('sizes: a sentence when too small, no ghosts after growing and shrinking', async () => {
	const screen = open([], {columns: 59, rows: 15});
	await screen.until(/needs 60 columns and 16 rows/, 20_000);
	screen.resize({columns: 120, rows: 40});
	await screen.until(running, 20_000);
	screen.resize({columns: 80, rows: 24});
	await screen.until(() => screen.text().length === 24 && running.test(screen.screen()), 20_000);
	await screen.until(
		() =>
			screen.text().every(line => line.length <= 80) &&
			screen.text().filter(line => / 1 Servers/.test(line)).length === 1,
	);
	expect(screen.raw()).not.toContain('\x1b[3J');
}, 60_000);

/** The lab's process under the shell that started it. */
function childOf(screen: Term): number {
	const found = childrenOf(screen.pid).find(({line}) => line.includes('lbtop.js'));
	if (!found) throw new Error('no lab under the shell');
	return found.pid;
}

test('a terminal that reads no more holds up neither the lab nor who asks it, and is drawn on again at once', async () => {
	const screen = open(['--rate', '1000']);
	await screen.until(running, 20_000);
	const [first] = pidsOn(screen);
	const status = async () => {
		const answer = await ask(socketPath(screen.pid), {type: 'status'}, {waitMs: 25_000});
		if (!answer.ok || !answer.status) throw new Error(JSON.stringify(answer));
		return answer.status;
	};
	screen.stall();
	const {sent} = await status();
	// Far more is drawn in that time than the kernel keeps for a terminal.
	await until(async () => (await status()).sent > sent + 8000, {ms: 30_000});
	process.kill(first!, 'SIGKILL');
	const restarted = async () => {
		const [server] = (await status()).servers;
		return server!.process === 'READY' && server!.restarts === 1;
	};
	await until(restarted, {ms: 10_000});
	const shown = Number(/SENT ([\d,]+)/.exec(screen.screen())![1]!.replaceAll(',', ''));
	screen.resume();
	// All that was left out meanwhile stays out: the newest counts come with the first frame after it.
	await screen.until(() => Number(/SENT ([\d,]+)/.exec(screen.screen())?.[1]?.replaceAll(',', '')) > shown + 8000, {
		looks: 600,
	});
	await screen.until(() => pidsOn(screen)[0] !== first && running.test(screen.screen()));
	screen.press('q');
	expect((await screen.exited).exitCode).toBe(0);
	expect(screen.isAlternateScreen()).toBe(false);
}, 90_000);
