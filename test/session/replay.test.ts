import {appendFileSync, existsSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {planOptions} from '../../src/cli/options/index.ts';
import {readScenario} from '../../src/scenario/read-scenario.ts';
import {lbtop, runLbtop, startLab, temporaryFolder} from '../support/lab.ts';
import {launch} from '../support/term.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeAll(() => {
	folder = temporaryFolder();
});
afterAll(() => folder.close());
const at = (name: string) => path.join(folder.path, name);

test('a run that was kept is replayed to the same end, with no process and no log; broken lines are told', async () => {
	const ran = await runLbtop(
		['run', '--for', '1s', '--rate', '100', '--events', 'run.ndjson', '--junit', 'run.xml'],
		folder.path,
	);
	expect(ran.exitCode, ran.stderr).toBe(0);
	expect(readFileSync(at('run.xml'), 'utf8')).toContain('<testsuite name="run" tests="1" failures="0"');
	const args = ['replay', 'run.ndjson', '--speed', 'max'];
	const replayed = await runLbtop(args, folder.path);
	expect(replayed.exitCode, replayed.stderr).toBe(0);
	expect(replayed.stdout.endsWith(ran.stdout), `${ran.stdout}\n\n${replayed.stdout}`).toBe(true);
	expect(replayed.stdout).toContain('all parts are ready');

	const count = readFileSync(at('run.ndjson'), 'utf8').split('\n').length - 1;
	appendFileSync(at('run.ndjson'), 'nonsense\n{"type":"part-said","at":1,"part":"clients"}\n');
	const broken = await runLbtop(args, folder.path);
	expect(broken.exitCode).toBe(1);
	expect(broken.stderr).toContain(`run.ndjson:${count + 1}: not an event; it is left out`);
	expect(broken.stderr).toContain(`run.ndjson:${count + 2}: not an event as this lbtop knows them`);
	expect(broken.stdout.endsWith(ran.stdout)).toBe(true);
});

test('what is no file of events is exit 2', async () => {
	writeFileSync(at('other.txt'), 'hello\n');
	const other = await runLbtop(['replay', 'other.txt'], folder.path);
	expect([other.exitCode, other.stderr]).toEqual([2, expect.stringContaining('other.txt:1: not a file of events')]);
	const none = await runLbtop(['replay', 'none.txt'], folder.path);
	expect([none.exitCode, none.stderr]).toEqual([
		2,
		expect.stringContaining(
			'none.txt: cannot be read: no such file or folder (ENOENT); name a file that --events has kept',
		),
	]);
	expect(existsSync(at('none.txt'))).toBe(false);
});

test('what was asked of a lab is recorded as a scenario', async () => {
	const lab = await startLab(['--rate', '50', '--record', 'mine.yaml']);
	try {
		await lab.tell({type: 'pause', part: 'server-2'});
		await lab.tell({type: 'resume', part: 'server-2'});
		const {exitCode} = await lab.quit();
		expect(exitCode).toBe(0);
		const text = readFileSync(path.join(lab.folder, 'mine.yaml'), 'utf8');
		const scenario = readScenario(text, {file: 'mine.yaml', rows: planOptions});
		expect(scenario.plan).toMatchObject({rate: 50, for: expect.stringMatching(/^\d+ms$/)});
		expect(scenario.steps.map(({commands}) => commands)).toEqual([
			[{type: 'pause', part: 'server-2'}],
			[{type: 'resume', part: 'server-2'}],
		]);
	} finally {
		await lab.close();
	}
});

test('a replay on the screen says when it is over, claims nothing of its dead, and is left by q', async () => {
	const term = launch(process.execPath, [lbtop, 'replay', 'run.ndjson', '--speed', 'max'], {
		...{columns: 120, rows: 40, cwd: folder.path},
	});
	try {
		await term.until(/ ENDED [\s\S]*1 Servers {2}the run is over[\s\S]*the replay is over/, 20_000);
		expect(term.screen()).not.toContain('dead but still routed');
		term.press('q');
		expect((await term.exited).exitCode).toBe(0);
	} finally {
		term.close();
	}
});
