import {readFileSync} from 'node:fs';
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import {bundleProgram} from '../support/bundle.ts';
import {launch, type Term, type TermOptions} from '../support/term.ts';

let program: Awaited<ReturnType<typeof bundleProgram>>;
let term: Term;
beforeAll(async () => {
	program = await bundleProgram('test/programs/fake-screen.tsx');
});
afterAll(() => program.close());
afterEach(() => term.close());

const open = (options: TermOptions = {}, args: string[] = []) =>
	launch(process.execPath, [program.file, ...args], {...options, columns: 120, rows: 40});

/** Under a shell that tells afterwards what it got back, and waits: with its last process a pty may lose its last words. */
const underShell = (env: Record<string, string> = {}, args = '') =>
	launch(
		'bash',
		[
			'-c',
			`echo before; "${process.execPath}" "${program.file}" ${args}; echo "code=$?"; stty -a; echo done; read -r _`,
		],
		{
			env,
		},
	);

function expectGivenBack() {
	expect(term.isAlternateScreen()).toBe(false);
	expect(term.isCursorHidden()).toBe(false);
	expect(term.screen()).toMatch(/\bicanon\b/);
	expect(term.screen()).not.toMatch(/-icanon|-echo\b|-isig|-icrnl|-opost/);
	const modes = [...term.raw().matchAll(/\?(\d+)([hl])/g)].map(([, mode, set]) => [mode, set] as const);
	expect(term.mouse()).toBe('none');
	for (const mode of ['1049', '7', '2004', '25', '2026', '1000', '1006']) {
		const last = modes.findLast(([name]) => name === mode)![1];
		expect([mode, last]).toEqual([mode, mode === '7' || mode === '25' ? 'h' : 'l']);
	}
	expect(term.raw()).not.toContain('\x1b[3J');
}

test('the screen opens on the alternate screen, without a cursor, and answers keys', async () => {
	term = open();
	await term.until(/● Server 1 .*READY/);
	expect([term.isAlternateScreen(), term.isCursorHidden()]).toEqual([true, true]);
	term.press('j');
	await term.until(/▶ ● Server 2/);
	term.press('\x1b[B');
	await term.until(/▶ ● Load balancer/);
	term.press('kX');
	await term.until(/▶ ✗ Server 2 +BACKOFF/);
	await term.until(/\$ kill -KILL \d+/);
	term.press('\x1b[6~');
	term.press('zz6');
	await term.until(/f hold/);
	term.press('?');
	await term.until(/Everywhere/);
	term.press('\x1b');
	await term.until(() => !/Everywhere/.test(term.screen()));
});

test('it fills the terminal at any size, without ghosts', async () => {
	term = open();
	await term.until(/● Server 1/);
	for (const [columns, rows] of [
		[200, 60],
		[80, 24],
		[61, 17],
		[40, 10],
		[100, 30],
	] as const) {
		term.resize({columns, rows});
		if (columns < 60) await term.until(/lbtop needs 60/);
		else
			await term.until(
				() =>
					/^.─ 1 Servers/.test(term.text()[2]!) &&
					/q quit/.test(term.text()[rows - 1]!) &&
					term.text()[2]!.length === columns,
			);
		if (columns >= 60) expect(term.text().filter(row => row.includes('1 Servers'))).toHaveLength(1);
	}
	expect(term.raw()).not.toContain('\x1b[3J');
});

test('a paste never acts, and says so', async () => {
	term = open();
	await term.until(/● Server 1/);
	term.press('\x1b[200~X\x1b[201~');
	await term.until(/pasted text is not taken for keys/);
	// What comes right behind a paste is taken for its rest, so a key may have to be pressed again: a person would.
	const again = setInterval(() => term.press('G'), 300);
	term.press('XxR and more, typed by nobody');
	await term.until(/▶ ● Client manager/).finally(() => clearInterval(again));
	expect(term.screen()).not.toMatch(/BACKOFF|STOPPED/);
});

describe('the terminal is given back', () => {
	test.each([
		['q', 'q', 0],
		['Q', 'Q', 0],
		['Ctrl-C', '\x03', 0],
		['Ctrl-C twice', '\x03\x03', 0],
	])('after %s', async (_, keys, code) => {
		term = underShell();
		await term.until(/● Server 1/);
		term.press(keys);
		await term.until(/done\n/);
		expectGivenBack();
		expect(term.screen()).toMatch(new RegExp(`closing words\\s+code=${code}`));
	});
	test('after q, not before what was waited for', async () => {
		term = underShell();
		await term.until(/● Server 1/);
		term.press('q');
		await term.until(/STOPPING.*waiting for 3 in flight/s);
		await term.until(/done\n/);
		expectGivenBack();
	});
	test('after a crash, with the reason on the normal screen', async () => {
		term = underShell({FAKE_CRASH: '300'});
		await term.until(/done\n/);
		expectGivenBack();
		expect(term.raw()).toContain('made to crash');
		expect(term.screen()).toContain('code=1');
	});
	test.each(['SIGTERM', 'SIGHUP', 'SIGQUIT'] as const)('after %s', async signal => {
		term = launch('bash', [
			'-c',
			`bash -c 'echo $$ > "${program.file}.pid"; exec "${process.execPath}" "${program.file}"'; stty -a; echo done; read -r _`,
		]);
		await term.until(/● Server 1/);
		process.kill(Number(readFileSync(`${program.file}.pid`, 'utf8')), signal);
		await term.until(/done\n/);
		expectGivenBack();
	});
	test('with what others wrote meanwhile, which never reached the screen', async () => {
		term = underShell({FAKE_NOISE: '100'});
		await term.until(/● Server 1/);
		await term.until(() => term.raw().length > 20_000);
		expect(term.raw()).not.toContain('a stray warning');
		term.press('Q');
		await term.until(/done\n/);
		expect(term.screen()).toContain('a stray warning');
		expectGivenBack();
	});
});

describe('the mouse', () => {
	const click = (row: number) => `\x1b[<0;10;${row + 1}M\x1b[<0;10;${row + 1}m`;
	const rowOf = (name: string) => term.text().findIndex(row => row.includes(`● ${name}`));

	test('is left to the terminal until M is pressed, and given back by M', async () => {
		term = open();
		await term.until(/● Server 2/);
		expect(term.mouse()).toBe('none');
		term.press('M');
		await term.until(/mouse on: Shift selects text, M gives it back/);
		expect(term.mouse()).toBe('vt200');
		term.press(click(rowOf('Server 2')));
		await term.until(/▶ ● Server 2/);
		term.press('M');
		await term.until(/mouse off: text is selected as ever/);
		expect(term.mouse()).toBe('none');
	});
	test('--mouse takes it from the start; a click torn apart by a slow line is still one, and no key', async () => {
		term = open({}, ['--mouse']);
		await term.until(/● Server 2/);
		expect(term.mouse()).toBe('vt200');
		const text = click(rowOf('Server 2'));
		term.press(text.slice(0, 6));
		await new Promise(resolve => setTimeout(resolve, 120));
		term.press(text.slice(6));
		await term.until(/▶ ● Server 2/);
		expect(term.screen()).toContain('─ 2 Traffic');
		expect(term.screen()).not.toMatch(/pasted text|theme/);
	});
	test.each([
		['q', 'q', {}],
		['a crash', 'n', {FAKE_CRASH: 'by n'}],
	])('is given back after %s', async (_, keys, env) => {
		term = underShell(env, '--mouse');
		await term.until(/● Server 1/);
		expect(term.mouse()).toBe('vt200');
		term.press(keys);
		await term.until(/done\n/);
		expectGivenBack();
	});
	test('is given back to the shell by Ctrl-Z, and taken again by fg', async () => {
		term = launch('bash', ['--norc', '--noprofile', '-i'], {env: {PS1: 'prompt> '}});
		await term.until(/prompt>/);
		term.press(`"${process.execPath}" "${program.file}" --mouse\r`);
		await term.until(() => term.mouse() === 'vt200' && /● Server 1/.test(term.screen()));
		term.press('\x1a');
		await term.until(/Stopped.*prompt>/s);
		expect(term.mouse()).toBe('none');
		term.press('fg\r');
		await term.until(() => term.isAlternateScreen() && /● Server 1/.test(term.screen()));
		expect(term.mouse()).toBe('vt200');
		term.press('Q');
		await term.until(/closing words.*prompt>/s);
		expect(term.mouse()).toBe('none');
	});
});

describe('the questions of the beginning', () => {
	const blueOf = () => term.cell(0, 2);
	test('the answer that the background is light makes the screen light', async () => {
		term = open({answers: false});
		await term.until(/1 Servers/);
		const before = blueOf().foreground;
		term.press('\x1b]11;rgb:ffff/ffff/ffff\x1b\\');
		await term.until(() => blueOf().foreground !== before);
		expect(blueOf().foreground).toBe(0x0a66a5);
	});
	test('answers that come in pieces and late are no keys', async () => {
		term = open({answers: false});
		await term.until(/1 Servers/);
		for (const piece of ['\x1b]11;rgb:ff', 'ff/ffff', '/ffff\x1b', '\\\x1b[?6', '2;4c\x1b[1;', '2R']) {
			term.press(piece);
			await new Promise(resolve => setTimeout(resolve, 60));
		}
		await term.until(() => blueOf().foreground === 0x0a66a5);
		expect(term.screen()).toMatch(/╭─ 1 Servers.*▶ ● Server 1/s);
		expect(term.screen()).not.toMatch(/pasted text/);
		term.press('j');
		await term.until(/▶ ● Server 2/);
	});
	test('a terminal that takes two cells for a box character gets ASCII', async () => {
		term = open({answers: false});
		await term.until(/1 Servers/);
		term.press('\x1b[1;3R');
		await term.until(/\+- 1 Servers/);
		expect(term.text()[4]).toMatch(/^\|> \* Server 1 [ -~]*\|$/);
	});
	test('nothing of an answer is left to the shell', async () => {
		term = underShell();
		await term.until(/● Server 1/);
		term.press('Q');
		await term.until(/done\n/);
		expect(term.screen()).not.toMatch(/rgb:|\^\[|\?62/);
	});
});

describe('--cursor', () => {
	test('shows the cursor, on the selected row', async () => {
		term = open({}, ['--cursor']);
		await term.until(/▶ ● Server 1/);
		expect(term.isCursorHidden()).toBe(false);
		term.press('j');
		await term.until(() => /▶ ● Server 2/.test(term.text()[term.cursor().y] ?? ''));
	});
});

test('200 resizes at once: the last frame is right, without ghosts', async () => {
	term = open();
	await term.until(/● Server 1/);
	for (let count = 0; count < 200; count++)
		term.resize({columns: 40 + ((count * 37) % 160), rows: 10 + ((count * 13) % 50)});
	term.resize({columns: 100, rows: 30});
	await term.until(() => /q quit/.test(term.text()[29] ?? '') && /^╭─ 1 Servers.*╮$/.test(term.text()[2]!));
	expect(term.text().filter(row => row.includes('1 Servers'))).toHaveLength(1);
	expect(term.text().every(row => row.length <= 100)).toBe(true);
	for (const row of term.text().slice(2, 28)) expect(row).toMatch(/^[╭│╰].*[╮│╯]$/);
	term.press('j');
	await term.until(/▶ ● Server 2/);
	expect(term.raw()).not.toContain('\x1b[3J');
});

describe('Ctrl-Z', () => {
	test('hands the terminal to the shell, and fg brings the screen back', async () => {
		term = launch('bash', ['--norc', '--noprofile', '-i'], {env: {PS1: 'prompt> '}});
		await term.until(/prompt>/);
		term.press(`"${process.execPath}" "${program.file}"\r`);
		await term.until(/● Server 1/);
		term.press('\x1a');
		await term.until(/Stopped.*prompt>/s);
		expect([term.isAlternateScreen(), term.isCursorHidden()]).toEqual([false, false]);
		term.press('stty -a\r');
		await term.until(/icanon.*prompt>/s);
		expect(term.screen()).not.toMatch(/-icanon|-isig/);
		term.press('fg\r');
		await term.until(() => term.isAlternateScreen() && /● Server 1/.test(term.screen()));
		term.press('j');
		await term.until(/▶ ● Server 2/);
		term.press('Q');
		await term.until(/closing words.*prompt>/s);
		expect(term.isAlternateScreen()).toBe(false);
	});
	test('where there is no shell, the screen comes back by itself', async () => {
		term = open();
		await term.until(/● Server 1/);
		term.press('\x1a');
		// It is away for so short a time that a busy machine may not see it.
		await term.until(() => term.raw().includes('\x1b[?1049l'));
		await term.until(() => term.isAlternateScreen() && /● Server 1/.test(term.screen()));
		term.press('j');
		await term.until(/▶ ● Server 2/);
	});
});

test('NO_COLOR: not one colour is written', async () => {
	term = open({env: {NO_COLOR: '1', FORCE_COLOR: '3'}});
	await term.until(/● Server 1/);
	const styled = term
		.raw()
		.split('\x1b[')
		.filter(text => /^[0-9;]+m/.test(text) && !text.startsWith('0m'));
	expect(styled).toEqual([]);
});
