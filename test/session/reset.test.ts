import {execa} from 'execa';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {lbtop, plainEnvironment, temporaryFolder} from '../support/lab.ts';
import {childrenOf, isAlive} from '../support/processes.ts';
import {launch, type Term} from '../support/term.ts';
import {until} from '../support/until.ts';

let term: Term | undefined;
let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
	folder = temporaryFolder();
});
afterEach(() => {
	term?.close();
	folder.close();
});

/** A shell that runs something, shows the terminal's own modes before and after, and waits for a line in between. */
const open = (command: string) => {
	const script = `stty sane iutf8; stty -a; echo ready; read -r _; ${command}; echo over; read -r _; ${process.execPath} ${lbtop} reset; echo "rc=$?"; stty -a; echo mended; read -r _`;
	term = launch('/bin/bash', ['-c', script], {columns: 100, rows: 40, cwd: folder.path});
	return term;
};
/** The words of the last `stty -a` on the screen. */
const lineModes = (screen: Term) => {
	const text = screen.screen();
	return /-?parenb[\s\S]*?-?extproc/.exec(text.slice(text.lastIndexOf('-parenb')))?.[0];
};

test('after kill -9 the terminal is as it was, and what was on it still is', async () => {
	const screen = open(`${process.execPath} ${lbtop} --rate 20 --mouse`);
	await screen.until(/^ready$/m);
	const before = lineModes(screen);
	expect(before).toMatch(/ icanon /);
	screen.press('\n');
	await screen.until(/READY \d+[\s\S]*READY \d+/, 30_000);
	const lab = childrenOf(screen.pid).find(({line}) => line.includes('lbtop.js'))!.pid;
	process.kill(lab, 'SIGKILL');
	await until(() => !isAlive(lab));
	// Behind it comes what the shell says.
	await until(() => /over\r?\n$/.test(screen.raw()), {what: 'the shell goes on'});
	screen.breakOff();
	await screen.until(/over/);
	// So it is left: the test would see nothing if something else had mended it.
	expect([screen.isAlternateScreen(), screen.isCursorHidden(), screen.mouse()]).toEqual([true, true, 'vt200']);
	screen.press('\n');
	await screen.until(/^mended$/m, 20_000);
	expect(screen.screen()).toMatch(/^rc=0$/m);
	expect([screen.isAlternateScreen(), screen.isCursorHidden(), screen.mouse()]).toEqual([false, false, 'none']);
	expect(screen.modes()).toMatchObject({bracketedPasteMode: false, wraparoundMode: true, insertMode: false});
	expect(lineModes(screen)).toBe(before);
	expect(screen.screen()).toMatch(/ready\n+rc=0/);
}, 60_000);

test('on a terminal that is right it changes nothing, and the cursor stays', async () => {
	const screen = open('echo one; echo two');
	await screen.until(/^ready$/m);
	const before = lineModes(screen);
	screen.press('\n');
	await screen.until(/^over$/m);
	screen.press('\n');
	await screen.until(/^mended$/m, 20_000);
	expect(screen.screen()).toMatch(/ready\n\none\ntwo\nover\n\nrc=0\n/);
	expect(lineModes(screen)).toBe(before);
}, 60_000);

test('without a terminal it says so', async () => {
	// A session of its own has no terminal, whoever runs the tests.
	const {exitCode, stderr} = await execa(process.execPath, [lbtop, 'reset'], {
		reject: false,
		detached: true,
		env: plainEnvironment(),
		extendEnv: false,
	});
	expect(stderr).toBe('lbtop: reset: there is no terminal here; run it in the one that is to be put right');
	expect(exitCode).toBe(4);
});
