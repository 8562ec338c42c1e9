/** Speaks a language of foreign letters and looks for what is in English still: it was never put through the catalogue. */

import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {readOptions} from '../../src/cli/option.ts';
import {depthOf} from '../../src/cli/options/clients.ts';
import {frontOptions} from '../../src/cli/options/connection.ts';
import {planOptions} from '../../src/cli/options/index.ts';
import {needOpenFiles} from '../../src/client/open-files.ts';
import {faultLines, toldLine} from '../../src/commands/ctl-faults.ts';
import {commandNames, readCommand} from '../../src/domain/command-text.ts';
import type {Event} from '../../src/domain/event.ts';
import {faultKinds, readFault} from '../../src/domain/fault.ts';
import {openLogs} from '../../src/ledger/read-logs.ts';
import {openLogManager} from '../../src/log/log-manager.ts';
import {parseCheck} from '../../src/report/checks.ts';
import {closingWords} from '../../src/report/closing-words.ts';
import {plainLine} from '../../src/report/plain-lines.ts';
import {judge, summarize} from '../../src/report/summary.ts';
import {readScenario} from '../../src/scenario/read-scenario.ts';
import {describeEvent} from '../../src/state/describe.ts';
import type {State} from '../../src/state/state.ts';
import {speak, told} from '../../src/words/words.ts';
import {type Allowed, englishIn, everywhere, speakForeignLetters} from '../support/foreign-letters.ts';
import {busyState} from '../support/state-fixture.ts';

beforeEach(() => speakForeignLetters());
afterEach(() => speak('en'));

describe('an event', () => {
	const at = 1_100_000;
	const part = 'server-1';
	const fault = readFault('slow 200ms') as Extract<Event, {type: 'fault-began'}>['fault'];
	const told = (event: Event['type'], more: object) => ({at, type: event, ...more}) as Event;
	const says = (event: object) => told('part-said', {part: 'balancer', event});
	const events: Event[] = [
		told('run-started', {pid: 1, wallMs: 0, plan: busyState().plan}),
		told('phase-changed', {phase: 'running'}),
		...(['READY', 'PAUSED', 'NOT-READY', 'FAILED'] as const).map(status =>
			told('process-changed', {part, status, by: 'you', detail: 'not ready after 5 s'}),
		),
		...[true, false].flatMap(planned =>
			[
				{code: 1, signal: null},
				{code: null, signal: 'SIGKILL'},
			].map(exit => told('exited', {part, planned, by: 'you', exit: {...exit, lastError: 'connection refused'}})),
		),
		told('backing-off', {part, delayMs: 250, attempt: 1}),
		told('spawned', {part, pid: 2, commandLine: ''}),
		told('commanded', {by: 'you', echo: 'kill -KILL 2', command: {type: 'kill', part}}),
		told('refused', {by: 'ctl', reason: 'Server 1 is not paused', command: {type: 'resume', part}}),
		told('rate-changed', {rate: 200}),
		told('rate-changed', {rate: {type: 'recorded', file: 'log.txt'}}),
		told('server-added', {part, server: busyState().plan.servers[0]}),
		told('moved', {part, from: 1, to: 2}),
		told('fault-began', {id: 1, part, fault, by: 'you', forMs: 2000}),
		told('fault-began', {id: 1, part, fault, by: 'you'}),
		...(['asked', 'duration', 'part-ended', 'run-ended'] as const).map(cause =>
			told('fault-ended', {id: 1, part, fault, by: 'you', cause}),
		),
		told('noted', {text: 'port 9000 is taken; the load balancer uses 9003'}),
		told('checks-judged', {results: [], changed: [{expr: 'failed==0', ok: false, value: 3}]}),
		told('checks-judged', {results: [], changed: [{expr: 'failed==0', ok: true, value: null}]}),
		told('scenario-told', {text: 'watch for: The balancer sends nothing to it any more.', tone: 'plain', progress: {}}),
		says({
			type: 'route-changed',
			server: 'Server 1',
			from: {state: 'UP'},
			to: {state: 'DOWN'},
			cause: 'connection reset',
		}),
		says({type: 'algorithm-changed', algorithm: 'p2c'}),
		says({type: 'servers-changed', servers: [], cause: 'Server 1: weight 10'}),
		says({
			type: 'could-not-start',
			code: 'EADDRINUSE',
			message: 'port 1 on 127.0.0.1:1 is taken; give another with --port',
		}),
		says({type: 'noted', text: 'panic is over: 1 of 2 servers is well'}),
	];
	const allowed: Allowed = [...everywhere, [/slow( 200ms)?/g, 'faults as one types them'], [/--port/g, 'options']];
	test.each(events.map(event => [event.type, event] as const))('%s is said whole', (_, event) => {
		const {text = '', mark = ''} = describeEvent(busyState(), event) ?? {};
		expect(englishIn(`${text} ${mark}`, allowed)).toEqual([]);
		expect(text).toMatch(/[а-я]|\$/i);
	});
});

test('what each fault does is said', () => {
	const lines = faultLines(busyState()).filter(line => line.startsWith('      '));
	expect(lines.length).toBe(faultKinds.length);
	for (const line of lines) expect([line, englishIn(toldLine(line), [])]).toEqual([line, []]);
});

describe('a report', () => {
	const figures: Allowed = [...everywhere, [/\bp99\b/g, 'percentiles'], [/GENERATOR SATURATED/g, 'as on the screen']];
	const state: State = {
		...busyState(),
		clients: {...busyState().clients, late: 3, dropped: 1, failed: 2, generator: {saturatedSeconds: 2, worstLagMs: 30}},
		phase: 'ended',
	} as State;
	test('at the end is said whole', () => {
		const checks = [
			{expr: 'failed==0', ok: false, value: 2},
			{expr: 'lost==0', ok: null, value: null},
			{expr: 'acked>1', ok: true, value: 9, stopped: true},
			{expr: 'acked>2', ok: true, value: 9},
		] as const;
		const words = closingWords(judge(summarize(state), [...checks]));
		expect(words.length).toBeGreaterThan(10);
		expect(englishIn(words.join('\n'), [...figures, [/ dev /, 'the version']])).toEqual([]);
	});
	test('of a second is said whole', () => {
		const line = plainLine({...state, phase: 'running'}, {at: state.now, type: 'second-passed'});
		expect(englishIn(line!, figures)).toEqual([]);
	});
});

describe('a mistake', () => {
	const help = {name: 'lbtop', summary: 'show this help', example: 'lbtop'} as const;
	const options = (...argv: string[]) => readOptions(help, {...planOptions, ...frontOptions}, argv, {}, {});
	const sample = summarize(busyState());
	const scenario = (text: string) => readScenario(text, {file: 'my.yaml', rows: planOptions});
	const command = (text: unknown) => {
		const read = readCommand(text);
		if (!read.ok) throw new Error(read.reason);
	};
	const names = [...commandNames, ...faultKinds].sort((one, other) => other.length - one.length);
	const typed: Allowed = [
		...everywhere,
		[new RegExp(`\\b(${names.join('|')})\\b`, 'g'), 'names of commands and faults'],
		[/'[^']*'|"[^"]*"|\{[^}]*\}/g, 'what was written, and what could be'],
		[/--?[a-z][\w-]*( <[A-Z:]+>)?|\b[A-Z]+(:[A-Z]+)?\b/g, 'options, and what stands for a value'],
		[/\b(name|weight|command|share|fault|undo|title)\b/g, 'keys as one types them'],
		[/\/nowhere/g, 'a folder'],
		[/\bLBTOP_\w+|\w*\.(yaml|txt)\b|\/etc\/[\w/.]+/g, 'files and variables'],
	];
	/** What it says; behind the last colon of some stand the names to choose from. */
	const mistakes: [what: string, make: () => unknown][] = [
		['an unknown option', () => options('--rat', '3')],
		['an unknown option like none', () => options('--qqqqqqqqqq')],
		['a missing value', () => options('--rate')],
		['a number', () => options('--clients', 'x')],
		['a duration', () => options('--for', 'x')],
		['too long a duration', () => options('--for', '900h')],
		['a size', () => options('--log-max-size', 'x')],
		['a rate', () => options('--rate', 'x')],
		['a service time', () => options('--service-time', 'x')],
		['a server without a place', () => options('--server', 'name=A')],
		['a server with two places', () => options('--server', '127.0.0.1:1,command=x')],
		['a weight', () => options('--server', '127.0.0.1:1,weight=x')],
		['an escape', () => options('--check-send', '\\q')],
		['an argument too many', () => options('strange')],
		['an environment variable', () => readOptions(help, planOptions, [], {}, {LBTOP_CLIENTS: 'x'})],
		['a key of the settings', () => readOptions(help, planOptions, [], {clients: 'x'}, {})],
		['an unknown key of the settings', () => readOptions(help, planOptions, [], {qq: 1}, {})],
		['a check of the settings', () => readOptions(help, planOptions, [], {check: {abort: true}}, {})],
		['a depth', () => depthOf({depth: 9, connect: 'per-message', clients: 1})],
		['a check', () => parseCheck('failed', sample)],
		['a check of nothing', () => parseCheck('qq==0', sample)],
		['a check with half an end', () => parseCheck('failed==0; abrot', sample)],
		['a check without a tolerance', () => parseCheck('failed~0', sample)],
		['a scenario', () => scenario('a')],
		['the YAML of a scenario', () => scenario('rate: [1')],
		['a key of a scenario', () => scenario('stps: []')],
		['a key of a step', () => scenario('steps: [{att: 1s}]')],
		['an empty step', () => scenario('steps: [{at: 1s}]')],
		['a step of two times', () => scenario('steps: [{at: 1s, after: 1s, do: undo}]')],
		['the duration of a step', () => scenario('steps: [{at: 1, do: undo}]')],
		['the command of a step', () => scenario('steps: [{do: kil server-1}]')],
		['a list that is none', () => scenario('undo: 3')],
		['a number for a text', () => scenario('title: 3')],
		['an empty text', () => scenario('title: ""')],
		['a value of a command', () => scenario('steps: [{do: {type: rate, rate: -1}}]')],
		['an alias of nothing', () => scenario('rate: *rate')],
		['a command', () => command('kill')],
		['no command', () => command(3)],
		['a weight of a command', () => command('weight server-1 x')],
		['a fault', () => command('fault server-1 slw')],
		['a parameter of a fault', () => command('fault server-1 slow 200ms shar=1')],
		['a value of a fault', () => command('fault server-1 slow share=7')],
		['a log to verify', () => openLogs(['/nowhere/log.txt'])],
		[
			'a log to write',
			() => openLogManager({file: '/nowhere/log.txt', by: 'x', detail: 'all', maxSizeBytes: 1, keep: 1}),
		],
		['open files', () => needOpenFiles(100, 10)],
	];
	test.each(mistakes)('in %s is said whole', (_, make) => {
		expect(make).toThrow();
		try {
			make();
		} catch (error) {
			expect(englishIn(told((error as Error).message), typed)).toEqual([]);
		}
	});
});
