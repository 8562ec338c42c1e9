/** `lbtop init` and `lbtop schema`, as their users meet them. */

import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {Ajv2020} from 'ajv/dist/2020.js';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {parse} from 'yaml';
import {options} from '../../src/cli/options/index.ts';
import {screenOptions} from '../../src/cli/options/screen.ts';
import {settingRows, settingSections} from '../../src/cli/options/settings.ts';
import {settingsSchema} from '../../src/cli/settings-schema.ts';
import {askForRun} from '../../src/commands/ask-for-run.ts';
import {settingsText} from '../../src/commands/settings-text.ts';
import {runLbtop, temporaryFolder} from '../support/lab.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
	folder = temporaryFolder();
});
afterEach(() => folder.close());
const at = (name: string) => path.join(folder.path, name);
const read = (name: string) => readFileSync(at(name), 'utf8');
const run = (...args: string[]) => runLbtop(args, folder.path);

const text = settingsText(settingSections);
const settings = text.split('\n').filter(line => line.startsWith('# '));
const uncommented = (line: string) => line.slice('# '.length);

describe('lbtop init', () => {
	test('writes a file that changes nothing, and a run takes it', async () => {
		const {stdout, stderr, exitCode} = await run('init');
		expect([stdout, stderr, exitCode]).toEqual(['lbtop: wrote lbtop.yaml; lbtop takes its settings from there', '', 0]);
		expect(read('lbtop.yaml')).toBe(text);
		expect(parse(text)).toBeNull();
		const played = await run('run', '--for', '1s', '--json');
		expect([played.exitCode, JSON.parse(played.stdout).verdict]).toEqual([0, 'PASS']);
	});
	test('writes over nothing unless told to', async () => {
		writeFileSync(at('lbtop.yaml'), 'rate: 7\n');
		const {stderr, stdout, exitCode} = await run('init');
		expect([stderr, stdout, exitCode]).toEqual([
			'lbtop: init lbtop.yaml: it is there already; name another file, or write over it with --force',
			'',
			4,
		]);
		expect(read('lbtop.yaml')).toBe('rate: 7\n');
		expect((await run('init', '--force')).exitCode).toBe(0);
		expect(read('lbtop.yaml')).toBe(text);
	});
	test('takes another name, and says how it is used then', async () => {
		const {stdout} = await run('init', 'ci.yaml');
		expect(stdout).toBe('lbtop: wrote ci.yaml; lbtop --config ci.yaml takes its settings from there');
		expect(readdirSync(folder.path)).toEqual(['ci.yaml']);
	});
	test('prints it for -', async () => {
		const {stdout, exitCode} = await run('init', '-');
		expect([`${stdout}\n`, exitCode, readdirSync(folder.path)]).toEqual([text, 0, []]);
		const {stderr, exitCode: code} = await run('init', '-', '--schema');
		expect([code, stderr]).toEqual([2, expect.stringContaining('give one of the two')]);
	});
	test('writes the schema beside it, and names it where editors look', async () => {
		await run('init', '--schema');
		expect(read('lbtop.yaml').split('\n')[0]).toBe('# yaml-language-server: $schema=./lbtop.schema.json');
		expect(read('lbtop.yaml').split('\n').slice(1).join('\n')).toBe(text);
		expect(JSON.parse(read('lbtop.schema.json'))).toEqual(settingsSchema(settingRows, 'editor'));
	});
	test('writes neither where one is there', async () => {
		writeFileSync(at('lbtop.schema.json'), '{}');
		const {stderr, exitCode} = await run('init', '--schema');
		expect([stderr, exitCode]).toEqual([expect.stringContaining('init lbtop.schema.json: it is there already'), 4]);
		expect([existsSync(at('lbtop.yaml')), read('lbtop.schema.json')]).toEqual([false, '{}']);
	});
	test('says in one line why a file cannot be written', async () => {
		const {stderr, exitCode} = await run('init', 'none/lbtop.yaml');
		expect([stderr, exitCode]).toEqual([
			expect.stringMatching(/^lbtop: init none\/lbtop\.yaml: cannot be written: .*; name another file$/),
			4,
		]);
	});
	test('speaks the language asked for, in the file too', async () => {
		const {stdout} = await run('init', '--lang', 'id');
		expect(stdout).toBe('lbtop: lbtop.yaml sudah ditulis; lbtop mengambil pengaturannya dari sana');
		expect(read('lbtop.yaml')).toContain('## jumlah klien\n# clients: 10\n');
		const keys = (lines: string) => lines.match(/^# \w+: .*?(?= {2}#|$)/gm);
		expect(keys(read('lbtop.yaml'))).toEqual(keys(text));
	});
	test('and lbtop schema are among the commands', async () => {
		expect((await run('--help')).stdout).toMatch(/lbtop init .*\n +lbtop schema /);
		expect((await run('inti')).stderr).toContain("did you mean 'lbtop init'?");
		expect((await run('init', '--forse')).stderr).toContain('the nearest is --force');
	});
});

describe('a line of the file, taken out of its comment', () => {
	const isGood = new Ajv2020({allowUnionTypes: true}).compile(settingsSchema(settingRows));
	const help = {name: 'lbtop', summary: () => 'test', example: 'lbtop'};
	const {json, lang, config} = options;
	test('is there for every key', () =>
		expect(settings.map(line => line.split(':')[0])).toEqual(
			Object.entries(settingRows)
				.filter(([, {hidden}]) => !hidden)
				.map(([key]) => `# ${key}`),
		));
	const alone = settings.map(uncommented).filter(line => !line.startsWith('repeat:'));
	test.each(alone)('%s', async line => {
		const [key] = Object.keys(parse(line));
		expect(isGood(parse(line)), JSON.stringify(isGood.errors)).toBe(true);
		// The file that an example names is there.
		writeFileSync(at('arrivals.txt'), '0\n10\n');
		writeFileSync(at('lbtop.yaml'), line.replace('arrivals.txt', at('arrivals.txt')));
		const free = key === 'port' ? ['--port=0'] : [];
		const words = [`--config=${at('lbtop.yaml')}`, ...free];
		const asked = await askForRun(help, {...screenOptions, json, lang, config}, words);
		expect(asked.texts).toHaveProperty(key!);
	});
	test('repeat, where there is a scenario to play again', async () => {
		writeFileSync(at('lbtop.yaml'), uncommented(settings.find(line => line.startsWith('# repeat:'))!));
		writeFileSync(at('said.yaml'), 'steps: [{say: now}]');
		const {stderr, exitCode} = await run('run', 'said.yaml');
		expect([stderr, exitCode]).toEqual([expect.stringContaining('round 3 of 3 begins'), 0]);
	});
	test('with all others that go together leaves the lab as it is without them', async () => {
		const apart = /^# (?:server|arrivalsFile|port|repeat|for|json|lang|check):/;
		const all = text.split('\n').map(line => (line.startsWith('# ') && !apart.test(line) ? uncommented(line) : line));
		writeFileSync(at('lbtop.yaml'), all.join('\n'));
		const {stdout, stderr, exitCode} = await run('run', '--for', '1s', '--json');
		expect([exitCode, JSON.parse(stdout || '{}').verdict], stderr).toEqual([0, 'PASS']);
		expect(readdirSync(folder.path)).toEqual(
			expect.arrayContaining(['lbtop-junit.xml', 'recorded.yaml', 'run.ndjson']),
		);
	});
});

describe('lbtop schema', () => {
	test('prints that of lbtop.yaml', async () => {
		const {stdout, exitCode} = await run('schema');
		expect([JSON.parse(stdout), exitCode]).toEqual([settingsSchema(settingRows), 0]);
	});
	test('prints that of scenarios', async () => {
		const {stdout} = await run('schema', 'scenario', '--lang', 'id');
		const {properties} = JSON.parse(stdout);
		expect(properties.clients.description).toBe('jumlah klien');
		expect(properties).toHaveProperty('steps');
	});
	test('knows no other', async () => {
		const {stderr, exitCode} = await run('schema', 'scenaro');
		expect([stderr, exitCode]).toEqual([
			"lbtop: schema: there is none of 'scenaro'; did you mean 'lbtop schema scenario'?",
			2,
		]);
	});
});
