import {describe, expect, test} from 'vitest';
import {eventSentences, partSentences, statusSentences} from '../../src/report/sentences.ts';
import {initialState} from '../../src/state/initial.ts';
import {testPlan} from '../support/plan.ts';
import {busyState} from '../support/state-fixture.ts';

describe('the run in sentences', () => {
	test('says how it stands', () => {
		const said = statusSentences(busyState()).join(' ');
		expect(said).toContain('71240 messages sent, 71231 ACKed, 0 failed, 9 in flight, 312 retries.');
		expect(said).toMatch(
			/In the last second \d+ ACKs, the median after [\d.]+ ms, the 99th percentile after [\d.]+ ms\./,
		);
		expect(said).toContain('2 of 3 servers are UP.');
	});
	test('says of each part both axes, and that it is unknown what is', () => {
		const said = partSentences(busyState());
		expect(said).toHaveLength(5);
		expect(said[0]).toBe(
			'Server 1: process READY, route UP, 66% of the messages, 262 a second, 99th percentile 9.1 ms.',
		);
		expect(said[1]).toContain('process BACKOFF, route DOWN 1/2');
		expect(said[1]).toContain('99th percentile unknown.');
		expect(said[3]).toBe('Load balancer: process READY.');
	});
	test('says that routes are old news while the balancer that tells them is dead or paused', () => {
		const state = busyState();
		const old = (sentence: string) => sentence.endsWith(': the routes are what it said last.');
		expect([...statusSentences(state), ...partSentences(state)].filter(old)).toEqual([]);
		const paused = {...state, balancer: {...state.balancer, startedAt: 0, process: 'PAUSED' as const}};
		expect(statusSentences(paused).filter(old)).toHaveLength(1);
		expect(partSentences(paused).at(-1)).toBe('The load balancer is PAUSED: the routes are what it said last.');
	});
	test('rates are told to one digit', () => {
		const state = busyState();
		const [first, ...others] = state.servers;
		const servers = [{...first!, perSecond: 2.99134502477544}, ...others];
		const samples = [...state.samples.slice(0, -1), {...state.samples.at(-1)!, acked: 19.97822678949905}];
		expect(partSentences({...state, servers})[0]).toContain(' 3 a second,');
		expect(statusSentences({...state, samples}).join(' ')).toContain('In the last second 20 ACKs,');
	});
	test('claims nothing before anything has run', () => {
		const state = initialState(testPlan(), {at: 0, wallMs: 0, pid: 1});
		expect(statusSentences(state).join(' ')).toContain('No second has passed yet.');
		expect(partSentences(state)[0]).toContain('route unknown, unknown of the messages');
	});
	test('tells events with who did it, and nothing of what is not worth it', () => {
		const state = busyState();
		const at = state.now;
		const command = {type: 'kill', part: 'server-1'} as const;
		expect(eventSentences(state, {type: 'commanded', at, by: 'you', command, echo: 'kill -KILL 4121'})).toEqual([
			'you asked: kill -KILL 4121.',
		]);
		expect(eventSentences(state, {type: 'refused', at, by: 'you', command, reason: 'no'})).toEqual([
			'you: refused: no.',
		]);
		expect(eventSentences(state, {type: 'second-passed', at})).toEqual([]);
	});
	test('bears no control character, whatever a name is made of', () => {
		const state = busyState(['\x1b[2Jgone', 'B', 'C']);
		// biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is the point
		expect(partSentences(state).join('')).not.toMatch(/[\u0000-\u001f\u007f]/);
	});
});
