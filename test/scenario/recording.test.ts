import {expect, test} from 'vitest';
import {planOptions} from '../../src/cli/options/index.ts';
import type {Command} from '../../src/domain/command.ts';
import {readScenario} from '../../src/scenario/read-scenario.ts';
import {writeRecording} from '../../src/scenario/recording.ts';

test('what is recorded is a scenario that asks for the same at the same time', () => {
	const asked: [number, Command][] = [
		[1234.4, {type: 'kill', part: 'server-1'}],
		[2000, {type: 'rate', rate: {type: 'ramp', from: 100, to: 500, overMs: 10_000}}],
		[3000, {type: 'rate', rate: 'max'}],
		[3500, {type: 'algorithm', algorithm: 'random'}],
		[4000, {type: 'weight', part: 'server-2', weight: 7}],
		[5000, {type: 'add-server', name: 'New 1', weight: 2} as Command],
	];
	const text = writeRecording({
		given: {
			rate: '200',
			server: ['name=A,command=x {port}', '127.0.0.1:7001'],
			serviceTime: 'exp:5ms',
			check: ['failed==0'],
			for: '9s',
		},
		commands: asked.map(([atMs, command]) => ({atMs, command})),
		lastedMs: 6000.7,
	});
	const scenario = readScenario(text, {file: 'r.yaml', rows: planOptions});
	expect(scenario.steps.map(({atMs, commands}) => [atMs, ...commands])).toEqual(
		asked.map(([atMs, command]) => [Math.round(atMs), command]),
	);
	expect(scenario.plan).toEqual({
		rate: 200,
		server: ['name=A,command=x {port}', '127.0.0.1:7001'],
		serviceTime: 'exp:5ms',
		for: '6001ms',
	});
	expect(scenario.checks.map(({expr}) => expr)).toEqual(['failed==0']);
});

test('a run in which nothing was asked for is a scenario too', () => {
	expect(readScenario(writeRecording({given: {}, commands: []}), {file: 'r.yaml', rows: planOptions}).steps).toEqual(
		[],
	);
});
