import {describe, expect, test} from 'vitest';
import {planOptions} from '../../src/cli/options/index.ts';
import type {CommandResult} from '../../src/domain/command.ts';
import {scenarioOk} from '../../src/domain/scenario.ts';
import {unknownIncident} from '../../src/report/incident-summary.ts';
import {type Summary, summarize} from '../../src/report/summary.ts';
import {createPerformance} from '../../src/scenario/performance.ts';
import {prepare} from '../../src/scenario/prepare.ts';
import {readScenario} from '../../src/scenario/read-scenario.ts';
import {initialState} from '../../src/state/initial.ts';
import {testPlan} from '../support/plan.ts';

const sample: Summary = {...summarize(initialState(testPlan(), {at: 0, wallMs: 0, pid: 0})), phase: 'running'};
const parts = [...sample.servers, {id: 'balancer', name: 'Load balancer'}, {id: 'clients', name: 'Client manager'}];

type World = {
	lastsMs?: number;
	acked?: (at: number) => number;
	answer?: (type: string) => CommandResult;
	/** Whether an incident lasts. */
	isBroken?: (at: number) => boolean;
};

/** Plays a scenario in made-up time, 10 ms a beat and at each moment it asks for; gives what was sent, and when. */
function play(
	text: string,
	{lastsMs, acked = () => 1000, answer = () => ({ok: true}), isBroken = () => false}: World = {},
	untilMs = 100_000,
) {
	const scenario = readScenario(text, {file: 'x.yaml', rows: planOptions});
	const performance = createPerformance(prepare(scenario, {sample, parts, engine: 'embedded', lastsMs}));
	const sent: [number, string][] = [];
	const told: string[] = [];
	let endedAt: number | undefined;
	for (let at = 0; at <= untilMs && endedAt === undefined; at += 10) {
		const incidents = [{...unknownIncident, isOver: !isBroken(at)}];
		for (const deeds = performance.look({...sample, acked: acked(at), incidents}, at); deeds.length > 0; ) {
			const deed = deeds.shift()!;
			if (deed.type === 'end') endedAt = at;
			else if (deed.type === 'tell') told.push(deed.text);
			else {
				const {type, ...rest} = deed.command;
				sent.push([at, [type, ...Object.values(rest)].join(' ')]);
				deeds.unshift(...performance.answered(deed.entry, answer(type)));
			}
		}
	}
	const progress = performance.progress();
	return {sent, told, endedAt, entries: progress.entries, ok: scenarioOk(progress), performance};
}

describe('time', () => {
	test('at is from the beginning, after from the step before, every again and again', () => {
		const {sent, ok, endedAt} = play(`
steps:
  - {at: 1s, do: kill server-1}
  - {after: 500ms, do: start server-1}
  - {every: 1s, until: 5s, do: kill server-2}
  - {at: 2s, every: 2s, until: 5s, do: rate 5}
`);
		expect(sent.filter(([, text]) => !text.startsWith('kill server-2'))).toEqual(
			[
				[1000, 'kill server-1'],
				[1500, 'start server-1'],
				[2000, 'rate 5'],
				[4000, 'rate 5'],
			].map(([at, text]) => [Number(at) + 10, text]),
		);
		expect(sent.filter(([, text]) => text === 'kill server-2').map(([at]) => at)).toEqual([2510, 3510, 4510]);
		expect(ok).toBe(true);
		expect(endedAt).toBeGreaterThanOrEqual(5000);
	});
	test('with for, it lasts exactly so long; what it never came to is told', () => {
		const {sent, endedAt, ok, entries} = play(
			'steps:\n  - {every: 1s, do: rate 5}\n  - {when: acked>2000, do: kill server-1}',
			{
				lastsMs: 3500,
			},
		);
		expect(sent).toHaveLength(3);
		expect(endedAt).toBe(3520);
		expect(ok).toBe(null);
		expect(entries.map(each => each.ok)).toEqual([true, null]);
	});
	test('the next moment is asked for exactly, and never one that has passed', () => {
		const scenario = readScenario('steps:\n  - {at: 7s, do: rate 5}\n  - {when: acked>5000, within: 3s}', {
			file: 'x',
			rows: planOptions,
		});
		const performance = createPerformance(prepare(scenario, {sample, parts, engine: 'embedded', lastsMs: undefined}));
		performance.look(sample, 100);
		performance.look(sample, 100);
		expect(performance.nextAt(100)).toBe(7100);
		performance.look(sample, 7100);
		expect(performance.nextAt(7100)).toBe(10_100);
	});
});

describe('conditions', () => {
	test('when is waited for; the steps after it count from then', () => {
		const {sent, told} = play(
			'steps:\n  - {when: acked>2000, do: kill server-1}\n  - {after: 1s, do: start server-1}',
			{acked: at => at},
		);
		expect(sent).toEqual([
			[2010, 'kill server-1'],
			[3010, 'start server-1'],
		]);
		expect(told).toContain('acked>2000 came true');
	});
	test('what does not come within its time fails, is not done, and the rest goes on', () => {
		const {sent, ok, entries, endedAt} = play(
			'steps:\n  - {when: acked>2000, within: 1s, do: kill server-1}\n  - {do: rate 5}',
		);
		expect(sent).toEqual([[1010, 'rate 5']]);
		expect(ok).toBe(false);
		expect(entries[0]).toMatchObject({ok: false, line: 2, reason: 'not within 1.0 s: acked>2000 (is 1000)'});
		expect(endedAt).toBe(1020);
	});
	test('every ends when its until holds', () => {
		const {sent} = play('steps:\n  - {every: 1s, until: acked>3500, do: rate 5}', {acked: at => at});
		expect(sent).toHaveLength(3);
	});
});

describe('the steady state', () => {
	const text = `
steadyState: {checks: [acked>2000], within: 5s}
steps: [{at: 1s, do: kill server-1}]
undo: [start server-1, resume server-2]
`;
	test('the clock starts with it, and it must come back before the end', () => {
		const {sent, entries, ok, endedAt} = play(text, {acked: at => (at > 3050 && at < 7000 ? 0 : at)});
		expect(sent).toEqual([
			[3010, 'kill server-1'],
			[3010, 'start server-1'],
			[3010, 'resume server-2'],
		]);
		expect(entries.map(({kind, ok: each}) => [kind, each])).toEqual([
			['steady-state', true],
			['step', true],
			['undo', true],
			['undo', true],
			['recovery', true],
		]);
		expect(ok).toBe(true);
		expect(endedAt).toBe(3020);
	});
	test('without it no step is done, all is undone, and it ends', () => {
		const {sent, ok, endedAt, entries} = play(text, {acked: () => 0});
		expect(sent.map(([, each]) => each)).toEqual(['start server-1', 'resume server-2']);
		expect(ok).toBe(false);
		expect(entries[1]).toMatchObject({kind: 'step', ok: null});
		expect(endedAt).toBe(5000);
	});
	test('one that does not come back fails', () => {
		const {ok, entries} = play(text, {acked: at => (at > 3000 ? 0 : at)});
		expect(ok).toBe(false);
		expect(entries.at(-1)).toMatchObject({kind: 'recovery', ok: false});
	});
});

describe('what is repeated', () => {
	const text = `
repeat: 3
steadyState: {checks: [acked>500], within: 5s}
steps: [{at: 1s, do: kill server-1}, {when: acked>500, within: 2s}]
undo: [start server-1]
`;
	test('begins again when the steady state is back and no incident lasts, undone each time', () => {
		const {sent, told, ok, entries} = play(text, {isBroken: at => at % 4000 < 3000});
		expect(sent).toEqual([
			[1010, 'kill server-1'],
			[1010, 'start server-1'],
			[4000, 'kill server-1'],
			[4000, 'start server-1'],
			[8000, 'kill server-1'],
			[8000, 'start server-1'],
		]);
		expect(told).toContain('round 3 of 3 begins');
		expect(told).not.toContain('round 4 of 3 begins');
		expect(entries.map(({kind, times}) => [kind, times])).toEqual([
			['steady-state', 1],
			['step', 3],
			['step', 3],
			['undo', 3],
			['recovery', 3],
		]);
		expect(ok).toBe(true);
	});
	test('an incident that does not end is waited for no longer than the steady state', () => {
		const {sent} = play(text, {isBroken: () => true});
		expect(sent.filter(([, each]) => each === 'kill server-1').map(([at]) => at)).toEqual([1010, 7010, 13_010]);
	});
	test('what failed in one round has failed, and the others are played; without a steady state none is', () => {
		const once = play(text, {acked: at => (at > 1500 && at < 4500 ? 0 : 1000)});
		expect(once.ok).toBe(false);
		expect(once.entries[2]).toMatchObject({
			times: 2,
			reason: expect.stringMatching(/^round 2 of 3: not within 2.0 s/),
		});
		const never = play(text, {acked: at => (at > 1010 ? 0 : 1000)});
		expect(never.sent.filter(([, each]) => each === 'kill server-1')).toHaveLength(1);
		expect(never.entries.at(-1)).toMatchObject({ok: false, reason: expect.stringMatching(/^round 1 of 3/)});
	});
});

describe('the lesson', () => {
	test('is told with the progress: the words of its author, and what the last step said', () => {
		const {performance} = play(
			'title: One dies\nwatchFor: >-\n  Retries\n  and p99.\nsteps: [{at: 1s, do: kill server-1, say: It is gone.}, {at: 50s, do: start server-1}]',
			{},
			3000,
		);
		expect(performance.progress().lesson).toEqual({
			...{title: 'One dies', watchFor: 'Retries and p99.', said: 'It is gone.', learn: ''},
		});
		expect(play('steps: [{at: 1s, do: kill server-1}]').performance.progress()).not.toHaveProperty('lesson');
	});
});

describe('undo', () => {
	const text = 'steps: [{at: 5s, do: kill server-1}]\nundo: [start server-1, resume server-2, rate 5]';
	test('one that is refused stops no other, and fails nothing', () => {
		const {sent, ok, entries} = play(text, {
			answer: type => (type === 'start' ? {ok: false, reason: 'it runs'} : {ok: true}),
		});
		expect(sent.map(([, each]) => each)).toEqual(['kill server-1', 'start server-1', 'resume server-2', 'rate 5']);
		expect(ok).toBe(true);
		expect(entries[1]).toMatchObject({kind: 'undo', ok: false, reason: 'it runs'});
	});
	test('a step that is refused fails', () => {
		const {ok, entries} = play(text, {answer: type => (type === 'kill' ? {ok: false, reason: 'no'} : {ok: true})});
		expect(ok).toBe(false);
		expect(entries[0]).toMatchObject({ok: false, reason: 'refused: no'});
	});
	test('when the run is ended before its end, all is undone, once', () => {
		const {performance} = play(text, {}, 3000);
		const commands = performance.interrupt().flatMap(deed => (deed.type === 'send' ? [deed.command.type] : []));
		expect(commands).toEqual(['start', 'resume', 'rate']);
		expect(performance.interrupt()).toEqual([]);
		expect(performance.look(sample, 10_000)).toEqual([]);
		expect(scenarioOk(performance.progress())).toBe(null);
	});
});
