import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {Event} from '../../src/domain/event.ts';
import {beginningLine, eventLine, readBeginning, readEvent} from '../../src/state/event-lines.ts';
import {initialState} from '../../src/state/initial.ts';
import {reduce} from '../../src/state/reduce.ts';
import type {State} from '../../src/state/state.ts';
import {testPlan} from '../support/plan.ts';

const begin = () => initialState(testPlan(), {at: 1000.5, wallMs: 1_700_000_000_000, pid: 77});
const part = fc.constantFrom('server-1', 'server-2', 'balancer', 'clients');
const by = fc.constantFrom('you' as const, 'ctl' as const, 'scenario' as const);

/** What events there are, with made-up values. */
const happened: fc.Arbitrary<Event extends infer E ? Omit<E & {at: number}, 'at'> : never> = fc.oneof(
	fc.record({type: fc.constant('spawned' as const), part, pid: fc.nat(), commandLine: fc.string()}),
	fc.record({
		type: fc.constant('exited' as const),
		part,
		exit: fc.record({code: fc.option(fc.nat(255)), signal: fc.constant(null), lastError: fc.string()}),
		planned: fc.boolean(),
		by,
	}),
	fc.record({
		type: fc.constant('process-changed' as const),
		part,
		status: fc.constantFrom('READY' as const, 'PAUSED' as const),
		by,
	}),
	fc.record({type: fc.constant('backing-off' as const), part, delayMs: fc.nat(9999), attempt: fc.nat(9)}),
	fc.record({
		type: fc.constant('commanded' as const),
		command: fc.record({type: fc.constant('kill' as const), part}),
		by,
		echo: fc.string(),
	}),
	fc.record({type: fc.constant('rate-changed' as const), rate: fc.integer({min: 1, max: 9999})}),
	fc.record({type: fc.constant('moved' as const), part, from: fc.nat(65_535), to: fc.nat(65_535)}),
	fc.record({type: fc.constant('noted' as const), text: fc.string()}),
	fc.record({type: fc.constant('second-passed' as const)}),
	fc.record({
		type: fc.constant('log-read' as const),
		lines: fc.array(fc.string(), {maxLength: 20}),
		bytes: fc.nat(),
		skippedBytes: fc.nat(),
	}),
) as never;

const printable = (events: Event[]): Event[] => events.map(event => readEvent(eventLine(event))!);
const plain = (state: State) => JSON.parse(JSON.stringify(state)) as unknown;

test('the same events make the same state, through a file or not', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.double({min: 0, max: 2000, noNaN: true}), happened), {maxLength: 60}), steps => {
			let at = 1000;
			// Texts are escaped where they come in, as everywhere: what is compared is printable already.
			const events = printable(
				steps.map(([ms, each]) => {
					at += ms;
					return {...each, at} as Event;
				}),
			);
			const live = events.reduce(reduce, begin());
			const lines = [beginningLine(begin()), ...events.map(eventLine)];
			const replayed = lines
				.slice(1)
				.reduce((state, line) => reduce(state, readEvent(line)!), readBeginning(lines[0]!)!);
			expect(plain(replayed)).toEqual(plain(live));
		}),
	);
});

test('one event keeps twenty log lines; the rest is counted as passed over', () => {
	const lines = Array.from({length: 130}, (_, index) => `line ${index}`);
	const bytes = lines.join('\n').length + 1;
	const event = readEvent(eventLine({at: 5, type: 'log-read', lines, bytes, skippedBytes: 7}));
	expect(event).toMatchObject({lines: lines.slice(110)});
	const {bytes: kept, skippedBytes} = event as Extract<Event, {type: 'log-read'}>;
	expect(kept + skippedBytes).toBe(bytes + 7);
	expect(kept).toBe(lines.slice(110).join('\n').length + 1);
});

test.each([
	'',
	'x',
	'1',
	'null',
	'[]',
	'{}',
	'{"type":"noted"}',
	'{"type":"noted","at":"5"}',
	'{"at":5}',
	'{"type":"noted","at":5',
])('%j is no event', line => {
	expect(readEvent(line)).toBeUndefined();
	expect(readBeginning(line)).toBeUndefined();
});

test('a text of the file moves no terminal', () => {
	expect(readEvent('{"at":1,"type":"noted","text":"a\\u001b[2Jb"}')).toEqual({
		at: 1,
		type: 'noted',
		text: 'a\\x1b[2Jb',
	});
});

test('a file from before there was a choice of engines is one of our own balancer', () => {
	const line = beginningLine(begin()).replace('"engine":"embedded",', '');
	expect(line).not.toContain('engine');
	expect(readBeginning(line)?.plan.balancer.engine).toBe('embedded');
});
