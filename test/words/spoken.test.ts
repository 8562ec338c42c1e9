/** The real program in Bahasa Indonesia. */

import {once} from 'node:events';
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import path from 'node:path';
import {execa} from 'execa';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {wantedLanguage} from '../../src/words/language.ts';
import {lbtop, plainEnvironment, runLbtop, temporaryFolder} from '../support/lab.ts';
import {until} from '../support/until.ts';

const root = path.resolve(import.meta.dirname, '../..');
let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
	folder = temporaryFolder();
});
afterEach(() => folder.close());

const kept = (file: string) => readFileSync(path.join(folder.path, file), 'utf8');

describe('a run', () => {
	test('tells people in their language, and log.txt, events and JSON in English', async () => {
		const args = ['run', '--lang', 'id', '--for', '1s', '--check', 'acked<1', '--events', 'events.ndjson'];
		const {stdout, stderr, exitCode} = await runLbtop([...args, '--junit', 'run.xml'], folder.path);
		expect(exitCode).toBe(3);
		expect(stderr).toContain('semua bagian siap');
		expect(stderr).toContain('menjawab pemeriksaan');
		expect(stderr).toContain('cek gagal: acked<1');
		expect(stdout).toContain('terkirim');
		expect(kept('log.txt')).toContain('cause="answered its check"');
		expect(kept('log.txt')).toContain('check broken: acked<1');
		for (const file of ['log.txt', 'events.ndjson', 'run.xml'])
			expect(kept(file)).not.toMatch(/\b(siap|menjawab|cek|terpenuhi|berhenti|dengan)\b/);
	});
	test('speaks what lbtop.yaml asks for, unless the command line asks for something else', async () => {
		writeFileSync(path.join(folder.path, 'lbtop.yaml'), 'lang: id\n');
		expect((await runLbtop(['run', '--clients', 'x'], folder.path)).stderr).toContain("nilai 'x' untuk opsi");
		expect((await runLbtop(['run', '--clients', 'x', '--lang', 'en'], folder.path)).stderr).toContain(
			"argument 'x' is invalid",
		);
	});
	test('speaks as the locale says, and no language that it does not know', async () => {
		const run = (args: string[], LANG: string) =>
			execa(process.execPath, [lbtop, ...args], {
				...{cwd: folder.path, reject: false, extendEnv: false},
				env: {...plainEnvironment(), LC_ALL: '', LC_MESSAGES: '', LANG},
			});
		expect((await run(['help'], 'id_ID.UTF-8')).stdout).toContain('Pemakaian: lbtop [opsi]');
		expect((await run(['help'], 'en_GB.UTF-8')).stdout).toContain('Usage: lbtop [options]');
		const {stderr, exitCode} = await run(['run', '--lang', 'xx'], 'en_GB.UTF-8');
		expect([exitCode, stderr]).toEqual([
			2,
			"lbtop: option '--lang <L>' argument 'xx' is invalid. It is en (English) or id (Bahasa Indonesia).",
		]);
	});
});

describe('what goes wrong', () => {
	const speaks = (args: string[]) => runLbtop([...args, '--lang', 'id'], folder.path);
	const english = /\b(the|such|file|folder or|refused|denied|cannot|missing|unexpected|invalid|already|quote)\b/;
	const write = (name: string, text: string) => writeFileSync(path.join(folder.path, name), text);
	test.each([
		['a file that is not there', ['verify', 'none.txt'], 4, 'berkas atau folder itu tidak ada (ENOENT)'],
		['a folder for a file', ['run', '--config', '.'], 2, 'tidak bisa dibaca: itu sebuah folder (EISDIR)'],
		['a lab that does not run', ['ctl', 'status', '--socket', 'bad.yaml'], 4, 'koneksi ditolak (ECONNREFUSED)'],
		['a name that is too long', ['run', '--log', 'a'.repeat(300)], 4, 'namanya terlalu panjang (ENAMETOOLONG)'],
		['a broken settings file', ['run', '--config', 'bad.yaml'], 2, 'bad.yaml:2: penutup " tidak ada'],
		['an alias of nothing', ['run', '--config', 'alias.yaml'], 2, "alias.yaml:1: alias '*x' tidak punya jangkar"],
		['a broken scenario', ['run', 'tab.yaml'], 2, 'tab.yaml:2: baris dijorokkan dengan spasi'],
		['a scenario that does not fit', ['run', 'list.yaml'], 2, 'list.yaml:1: steps: harus berupa daftar langkah'],
		['of a server alone', ['server', '--log', '.'], 4, 'server-1: log .: tidak bisa ditulisi (EISDIR: itu sebuah'],
		[
			'of a balancer alone',
			['balancer', '--servers-file', 'none'],
			2,
			'none: tidak bisa dibaca: berkas atau folder itu',
		],
		['of a client alone', ['client', '--to', 'x'], 2, "nilai 'x' untuk opsi"],
		['of many clients', ['clients'], 2, '--to tidak ada: tujuan kiriman'],
	] as const)('is said to people in their language: %s', async (_, args, code, words) => {
		write('bad.yaml', 'a: "b\n');
		write('tab.yaml', 'rate: 5\n\tx: 1\n');
		write('alias.yaml', 'rate: *x\n');
		write('list.yaml', 'steps: 3\n');
		const {stderr, exitCode} = await speaks([...args]);
		expect(stderr).toContain(words);
		expect(stderr).toMatch(/^lbtop: [^\n]*$/);
		expect(stderr.replaceAll(/--?\w[\w-]*/g, '')).not.toMatch(english);
		expect(exitCode).toBe(code);
	});
	test('is English in the log, whoever reads it', async () => {
		const {port} = await freedPort();
		const client = speaks(['client', '--to', `127.0.0.1:${port}`, '--count', '1', '--retries', '1']);
		expect((await client).stdout).toContain('menyerah setelah 2 percobaan');
		expect(kept('log.txt')).toContain('given up after 2 attempts');
		expect(kept('log.txt')).not.toMatch(/\b(setelah|percobaan|koneksi)\b/);
	});
});

test('a balancer alone says what is wrong with its file to people, and in English to the log', async () => {
	const file = path.join(folder.path, 'servers');
	writeFileSync(file, '127.0.0.1:1,name=A\n');
	const args = ['balancer', '--port', '0', '--servers-file', file, '--lang', 'id'];
	const balancer = execa(process.execPath, [lbtop, ...args], {
		...{cwd: folder.path, reject: false, extendEnv: false, env: plainEnvironment()},
	});
	let said = '';
	balancer.stdout.on('data', (chunk: Buffer) => {
		said += chunk;
	});
	await until(() => said.includes('mendengarkan di'));
	writeFileSync(file, 'bad\n');
	balancer.kill('SIGHUP');
	await until(() => said.includes('tidak ada yang dimuat ulang: ') && said.includes("'bad' bukan HOST:PORT, seperti"));
	await until(() => kept('log.txt').includes('nothing reloaded: '));
	expect(kept('log.txt')).toContain("'bad' is not HOST:PORT, such as");
	expect(kept('log.txt')).not.toMatch(/\b(bukan|seperti|dimuat)\b/);
	balancer.kill('SIGTERM');
	await balancer;
});

/** A port where nobody listens any more. */
async function freedPort(): Promise<{port: number}> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address() as {port: number};
	server.close();
	await once(server, 'close');
	return address;
}

test('English starts without the catalogue', () => {
	const dist = path.dirname(lbtop);
	const files = readdirSync(dist).filter(name => name.endsWith('.js'));
	const textOf = (name: string) => readFileSync(path.join(dist, name), 'utf8');
	const [catalogue, ...others] = files.filter(name => textOf(name).includes('semua bagian siap'));
	expect(others).toEqual([]);
	for (const name of files)
		expect([name, textOf(name).replaceAll(/import\([^)]*\)/g, '')]).not.toEqual([
			name,
			expect.stringContaining(catalogue!),
		]);
});

test('the launcher, which has no program yet, wants the same language', () => {
	const [source] = /^function wantsIndonesian[\s\S]*?^}/m.exec(readFileSync(path.join(root, 'bin/lbtop.js'), 'utf8'))!;
	const wantsIndonesian = new Function(`return ${source}`)();
	const locales = [{}, {LANG: 'id_ID.UTF-8'}, {LC_ALL: 'C', LANG: 'id'}, {LC_MESSAGES: 'id'}, {LANG: 'identity'}];
	for (const argv of [[], ['--lang', 'id'], ['run', '--lang=en'], ['--lang', 'xx'], ['--lang']])
		for (const locale of locales)
			for (const LBTOP_LANG of ['', 'id', 'en']) {
				const environment: Record<string, string> = {...locale, LBTOP_LANG};
				expect([argv, environment, wantsIndonesian(argv, environment)]).toEqual([
					...[argv, environment, wantedLanguage({argv, environment}) === 'id'],
				]);
			}
});
