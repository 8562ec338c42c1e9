import {readdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import type {Summary} from '../../src/report/summary.ts';
import {runLbtop, startLab, temporaryFolder} from '../support/lab.ts';
import {until} from '../support/until.ts';

const folder = temporaryFolder();
afterAll(() => folder.close());

const names = readdirSync(path.resolve(import.meta.dirname, '../../scenarios')).map(file => path.parse(file).name);

/** Ports of its own for each, which nothing else here takes: a named port that is taken would be the end of it. */
const portOf = (name: string) => String(12_000 + 240 * (process.pid % 33) + 20 * names.indexOf(name));

describe('the scenarios that come with lbtop', () => {
	test('all are listed, each with what to watch for and what one learns', async () => {
		const {stdout} = await runLbtop(['run', '--list'], folder.path);
		expect(stdout.match(/watch for: ./g)).toHaveLength(names.length);
		expect(stdout.match(/learn: ./g)).toHaveLength(names.length);
	});
	test.concurrent.each(names)('%s passes', {timeout: 90_000}, async name => {
		const {stdout, stderr, exitCode} = await runLbtop(
			['run', name, '--json', '--log', `${name}.txt`, '--port', portOf(name)],
			folder.path,
		);
		expect(stderr, name).toContain(`scenario: ${name} is over`);
		expect(exitCode, stderr).toBe(0);
		const summary = JSON.parse(stdout) as Summary;
		const expected = {verdict: 'PASS', lost: 0, ledger: 'exact', scenario: {name, stage: 'ended'}};
		expect(summary, `${name}: ${summary.ledgerReasons.join('; ')}`).toMatchObject(expected);
		expect(summary.checks.length).toBeGreaterThan(1);
	});
});

test.concurrent('a scenario that fails is exit 3, with file and line; what it broke is undone', async () => {
	const file = path.join(folder.path, 'fails.yaml');
	writeFileSync(
		file,
		[
			'rate: 100',
			'log: fails.txt',
			'steps:',
			'  - {after: 200ms, do: pause server-1}',
			'  - {when: acked>1000000, within: 300ms}',
			'undo: [resume server-1]',
			'checks: [acked==0]',
		].join('\n'),
	);
	const {stdout, stderr, exitCode} = await runLbtop(['run', 'fails.yaml', '--json'], folder.path);
	expect(exitCode, stderr).toBe(3);
	expect(stderr).toMatch(/lbtop: fails\.yaml:5: step failed: wait for acked>1000000 \(not within 300 ms/);
	expect(stderr).toContain('check failed: acked==0');
	expect(stderr).toMatch(/scenario: \$ kill -CONT \d+/);
	const {verdict, scenario} = JSON.parse(stdout) as Summary;
	expect(verdict).toBe('FAIL');
	expect(scenario?.entries.map(({kind, ok}) => [kind, ok])).toEqual([
		['step', true],
		['step', false],
		['undo', true],
	]);
});

test.concurrent('no word of a scenario moves the terminal', async () => {
	const evil = (text: string) => `"\\e[2J${text}\\u202e"`;
	const name = `"servers.server-1.name==\\"\\e[2J\\""`;
	writeFileSync(
		path.join(folder.path, 'evil.yaml'),
		[
			...[`title: ${evil('t')}`, `watchFor: ${evil('w')}`, `learn: ${evil('l')}`, `message: [${evil('m')}]`],
			...['rate: 50', 'log: evil.txt', `steps: [{say: ${evil('s')}}, {when: ${name}, within: 100ms}]`],
			`checks: [${name}]`,
		].join('\n'),
	);
	writeFileSync(path.join(folder.path, 'mistake.yaml'), '"\\e[2J": 5');
	for (const [file, code] of [
		['evil.yaml', 3],
		['mistake.yaml', 2],
	] as const) {
		const {stdout, stderr, exitCode} = await runLbtop(['run', file, '--annotations'], folder.path);
		expect(exitCode, stderr).toBe(code);
		for (const character of ['\x1b', '\u202e']) expect(stdout + stderr).not.toContain(character);
		expect(stdout + stderr).toContain('\\x1b[2J');
	}
});

test('a run that is ended from outside undoes first, and one that is refused stops no other', {
	timeout: 60_000,
}, async () => {
	const lines = ['rate: 50', 'steps:', '  - do: pause server-1', '  - after: 1h', '    say: never'];
	writeFileSync(
		path.join(folder.path, 'ended.yaml'),
		[...lines, 'undo: [resume server-2, resume server-1]'].join('\n'),
	);
	const lab = await startLab(['ended.yaml', '--log', 'ended.txt'], {cwd: folder.path});
	try {
		await until(() => lab.errors().includes('Server 1 PAUSED'), {what: 'the step is done'});
		lab.signal('SIGINT');
		expect((await lab.ended).exitCode).toBe(130);
		expect(lab.errors()).toMatch(/undo 'resume server-2' was refused[\s\S]*scenario: \$ kill -CONT \d+/);
		expect(lab.errors()).toContain('ended was ended before its end');
	} finally {
		await lab.close();
	}
});
