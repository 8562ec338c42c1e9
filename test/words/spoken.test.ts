/** The real program in Bahasa Indonesia. */

import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {execa} from 'execa';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {wantedLanguage} from '../../src/words/language.ts';
import {lbtop, plainEnvironment, runLbtop, temporaryFolder} from '../support/lab.ts';

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
