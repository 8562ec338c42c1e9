import {describe, expect, test} from 'vitest';
import {planOptions} from '../../src/cli/options/index.ts';
import {summarize} from '../../src/report/summary.ts';
import {prepare} from '../../src/scenario/prepare.ts';
import {readScenario} from '../../src/scenario/read-scenario.ts';
import {initialState} from '../../src/state/initial.ts';
import {runParts} from '../../src/state/run-parts.ts';
import {testPlan} from '../support/plan.ts';

const read = (text: string) => readScenario(text, {file: 'x.yaml', rows: planOptions});
const atStart = initialState(testPlan(), {at: 0, wallMs: 0, pid: 0});
const how = {
	sample: summarize(atStart),
	parts: runParts(atStart),
	engine: atStart.plan.balancer.engine,
	lastsMs: undefined,
};

describe('mistakes are told with their line', () => {
	test.each([
		['rate: 100\nservrs: 3', "x.yaml:2: unknown key 'servrs'; did you mean 'servers'?"],
		['check: failed==0', "x.yaml:1: unknown key 'check'; did you mean 'checks'?"],
		['config: a.yaml', 'x.yaml:1: unknown key'],
		['\n\nrate: fast', "x.yaml:3: rate: 'fast' is invalid."],
		['rate:', 'x.yaml:1: rate: has no value'],
		['rate: [1, 2]', 'x.yaml:1: rate: is one value, not a list'],
		['steps:\n  - at: 5s\n    do: kil server-1', "x.yaml:3: step 1, do: there is no command 'kil'"],
		['steps:\n  - at: 5s\n    do: kill', "x.yaml:3: step 1, do: it is 'kill PART'"],
		[
			'steps:\n  - do:\n      - kill server-1\n      - rate much',
			"x.yaml:4: step 1, do, 2: rate 'much': it is messages per second",
		],
		['steps:\n  - do: {type: kill, prat: server-1}', "x.yaml:2: step 1, do: it is 'kill PART'"],
		['steps:\n  - at: 5 s\n    do: kill server-1', "x.yaml:2: step 1, at: '5 s' is no duration"],
		['steps:\n  - att: 5s\n    do: kill server-1', "x.yaml:2: unknown key 'att' in step 1; did you mean 'at'?"],
		['steps:\n  - say: a\n  - at: 5s', "x.yaml:3: step 2: a step wants 'do', 'when' or 'say'"],
		['steps:\n  - {at: 1s, after: 1s, say: a}', 'give one of the two'],
		['steps:\n  - {every: 0, do: kill server-1}', "'every' is at least 100ms"],
		['steps:\n  - {until: 5s, do: kill server-1}', "'until' ends what 'every' began"],
		['steps:\n  - {within: 5s, do: kill server-1}', "'within' is how long 'when' is waited for"],
		[
			'steps:\n  - {at: 1s, for: 3s, do: kill server-1}',
			"x.yaml:2: step 1, do: 'for' is how long a fault lasts, and 'kill' is none",
		],
		['steps: kill', 'x.yaml:1: steps: is a list of steps'],
		['checks: [{exp: a}]', 'x.yaml:1: check 1: is a check such as'],
		['rate: 5\nrepeat: 0', 'x.yaml:2: repeat: is a whole number from 1 to 100'],
		['repeat: 101', 'x.yaml:1: repeat: is a whole number from 1 to 100'],
		['repeat: often', 'x.yaml:1: repeat: is a whole number from 1 to 100'],
		['repeat: 1.5', 'x.yaml:1: repeat: is a whole number from 1 to 100'],
		['undo:\n  - fly', "x.yaml:2: undo 1: there is no command 'fly'"],
		['rate: [1', 'x.yaml:1: '],
		['- 1', 'x.yaml:1: not a scenario'],
		['', 'x.yaml:1: not a scenario'],
		['a: &a [1]\nb: *a\nc: *c', 'x.yaml:3: '],
	])('%j', (text, message) => {
		expect(() => read(text)).toThrow(message);
	});
	test.each([
		['checks:\n  - failed==0\n  - fialed==0', "x.yaml:3: check 'fialed==0'"],
		['steadyState: [acked>5,\n  akced>5]', "x.yaml:2: check 'akced>5'"],
		['steadyState:\n  checks:\n    - akced>5', "x.yaml:3: check 'akced>5'"],
		['rate: 5\nsteps:\n  - when: servers.server-9.route==UP', 'x.yaml:3: check'],
		['rate: 5\nsteps:\n  - {every: 1s, until: nothing==5, do: kill server-1}', 'x.yaml:3: check'],
		['steps:\n  - {every: 1s, do: kill server-1}', "x.yaml:2: 'every' would never end"],
		[
			'steps:\n  - do: rate 5\n  - do: [rate 6, kill server-9]',
			"x.yaml:3: there is no part 'server-9'; there are server-1",
		],
		['rate: 5\nundo:\n  - resume Server 9', "x.yaml:3: there is no part 'Server 9'"],
		['steps:\n  - {at: 1s, do: fault clients slow}', "x.yaml:2: Client manager is none of lbtop's own servers"],
		['steps:\n  - {at: 1s, do: [rate 5, weight clients 5]}', "x.yaml:2: there is no server 'clients'"],
		['rate: 5\nundo:\n  - fault balancer latency', 'x.yaml:3: Load balancer has several wires'],
		[
			"steps:\n  - {at: 1s, do: 'servers add 127.0.0.1:9,name=C'}\n  - {at: 2s, do: kill C}",
			'x.yaml:3: C runs elsewhere: its process is not ours',
		],
	])('what an expression names nothing of: %j', (text, message) => {
		expect(() => prepare(read(text), how)).toThrow(message);
	});
	test('servers that a step adds may be named, by every step and check', () => {
		const added = ['servers add', 'servers add 127.0.0.1:9,name=C'].map(deed => `  - {at: 1s, do: '${deed}'}`);
		const text = (server: string) =>
			`steps:\n${added.join('\n')}\n  - {when: servers.${server}.route==UP, do: drain ${server}}\nchecks: [servers.${server}.acked>0]`;
		for (const server of ['server-3', 'server-4', 'C']) expect(prepare(read(text(server)), how).steps).toHaveLength(3);
		expect(() => prepare(read(text('server-5')), how)).toThrow("x.yaml:4: there is no server 'server-5'");
	});
	test('a step after the end', () => {
		const scenario = read('steps:\n  - {at: 10s, do: kill server-1}');
		expect(() => prepare(scenario, {...how, lastsMs: 5000})).toThrow('x.yaml:2: this step comes after the end');
	});
});

test('a scenario as data', () => {
	const scenario = read(`
title: T
rate: 100..500/10s
servers: 3
message: [a, b]
steadyState: {checks: [acked>5], within: 10s}
steps:
  - {at: 1s, do: kill Server 1}
  - {when: servers.server-1.route==DOWN, within: 2s, do: [start server-1, rate 50]}
  - {every: 2s, until: 20s, do: {type: restart, part: server-2}}
undo: [resume server-1]
checks: [failed==0, {expr: lost==0, abort: true, after: 3s}]
`);
	expect(scenario).toMatchObject({
		plan: {rate: '100..500/10s', servers: 3, message: ['a', 'b']},
		steadyState: {checks: [{expr: 'acked>5', line: 6}], withinMs: 10_000},
		steps: [
			{line: 8, atMs: 1000, commands: [{type: 'kill', part: 'Server 1'}]},
			{line: 9, withinMs: 2000, when: 'servers.server-1.route==DOWN', commands: [{type: 'start'}, {rate: 50}]},
			{line: 10, everyMs: 2000, untilMs: 20_000, commands: [{type: 'restart', part: 'server-2'}]},
		],
		undo: [{command: {type: 'resume', part: 'server-1'}, line: 11}],
		checks: [{expr: 'failed==0'}, {expr: 'lost==0; abort after 3s'}],
	});
});
