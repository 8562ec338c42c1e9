import {execa} from 'execa';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {lbtop, plainEnvironment, temporaryFolder, unhurried} from '../support/lab.ts';
import {launch, type Term, type TermOptions} from '../support/term.ts';

let term: Term | undefined;
let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
	folder = temporaryFolder();
});
afterEach(() => {
	term?.close();
	folder.close();
});

const open = (args: string[], options: TermOptions = {}) => {
	term = launch(process.execPath, [lbtop, '--port', '0', '--rate', '50', ...args], {
		columns: 250,
		rows: 200,
		cwd: folder.path,
		...options,
	});
	return term;
};

test('the lab is told in sentences and asked by lines; nothing is drawn anew', async () => {
	const heard = open(['--screen-reader']);
	await heard.until(/Type help and Enter/);
	await heard.until(/lbtop: all parts are ready\./, 30_000);
	// The terminal's own line editing: what is typed is echoed by it, and may be corrected.
	heard.press('statusss\x7f\x7f\r');
	await heard.until(/^status *$[\s\S]*\d+ messages sent, \d+ ACKed, 0 failed/m);
	heard.press('servers\r');
	await heard.until(/Server 2: process READY, route UP, (?:\d+%|unknown) of the messages/);
	heard.press('kill server-1\r');
	await heard.until(/you asked: kill -KILL \d+\./);
	await heard.until(/Server 1 DOWN/);
	// The balancer sees the connection break before the process is known to be gone: until then it may be killed again.
	await heard.until(/you: Server 1 stopped \(signal SIGKILL\)/);
	heard.press('kill server-1\r');
	await heard.until(/you: refused: .*\./);
	expect(heard.screen().match(/you: refused/g)).toHaveLength(1);
	heard.press('kll server-1\r');
	await heard.until(/'kll server-1' is no command\. Type help and Enter\./);
	heard.press('weight server-1 x\r');
	await heard.until(/^a weight is a whole number from 0 to 256\.$/m);
	heard.press('start Server 1\r');
	await heard.until(/Server 1 is READY/, 20_000);
	heard.press('every 1s\r');
	await heard.until(/The status is said every 1s\.[\s\S]*messages sent[\s\S]*messages sent/);
	heard.press('every off\rlog 2\r');
	await heard.until(/^log 2\n(?:(?!\n).+\n)*.* \| at=/m);
	heard.press('help\r');
	await heard.until(/all that lbtop ctl takes\./);
	heard.press('quit\r');
	expect((await heard.exited).exitCode).toBe(0);
	await heard.until(/sent .* = acked .*in flight 0/);
	expect(heard.raw()).not.toContain('\x1b');
}, 90_000);

test("Ink's variable asks for the same; Ctrl-D ends it", async () => {
	const heard = open([], {env: {INK_SCREEN_READER: 'true'}});
	await heard.until(/all parts are ready\./, 30_000);
	expect(heard.isAlternateScreen()).toBe(false);
	heard.press('\x04');
	expect((await heard.exited).exitCode).toBe(0);
}, 60_000);

test('lines may come from a pipe, whose end is not the end', async () => {
	const heard = execa(process.execPath, [lbtop, '--screen-reader', '--rate', '50'], {
		cwd: folder.path,
		input: 'status\nevery 1s\n',
		reject: false,
		env: plainEnvironment(),
		extendEnv: false,
		...unhurried,
	});
	const lines: string[] = [];
	let isEnded = false;
	for await (const line of heard) {
		lines.push(line);
		// Asked for once, then twice by the clock: it goes on long after the pipe has ended.
		if (isEnded || lines.filter(told => told.includes('messages sent')).length < 3) continue;
		isEnded = true;
		heard.kill('SIGTERM');
	}
	expect((await heard).exitCode).toBe(143);
	expect(lines).toContain('The status is said every 1s.');
	expect(lines.join('\n')).toMatch(
		/messages sent[\s\S]*The status is said every 1s\.[\s\S]*messages sent[\s\S]*messages sent/,
	);
}, 60_000);

test('in Bahasa Indonesia', async () => {
	const heard = open(['--screen-reader'], {env: {LANG: 'id_ID.UTF-8'}});
	await heard.until(/lbtop tanpa layar\./);
	heard.press('servers\r');
	await heard.until(/Server 1: proses /, 20_000);
	heard.press('quit now\r');
	await heard.exited;
}, 60_000);
