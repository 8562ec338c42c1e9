import {afterEach, describe, expect, test} from 'vitest';
import {type Fault, faultTable, readFault} from '../../src/domain/fault.ts';
import {reduce} from '../../src/state/reduce.ts';
import type {State} from '../../src/state/state.ts';
import {readAnswer} from '../../src/ui/faults/fault-answer.ts';
import {faultText} from '../../src/ui/faults/fault-text.ts';
import {offeredFaults} from '../../src/ui/faults/offered.ts';
import {openTestScreen, type TestScreen} from '../support/screen.tsx';
import {busyState} from '../support/state-fixture.ts';

let screen: TestScreen | undefined;
afterEach(() => screen?.close());

const open = async (state = busyState(), size = {columns: 120, rows: 36}) => {
	screen = await openTestScreen(state, size);
	return screen;
};
const shown = () => screen!.text().join('\n');
const footer = () => screen!.text().slice(-2).join('\n');
const fault = (text: string) => readFault(text) as Fault;
const began = (state: State, id: number, text: string, forMs?: number) =>
	reduce(state, {
		...{type: 'fault-began', at: state.now, id, part: 'server-1', by: 'you', fault: fault(text)},
		...(forMs === undefined ? {} : {forMs}),
	});

describe('the list of faults', () => {
	test.each([
		{columns: 120, rows: 36},
		{columns: 80, rows: 24},
	])('says what each does to TCP, and scrolls, at %j', async size => {
		const {press} = await open(busyState(), size);
		await press('i');
		expect(shown()).toContain('Break Server 1');
		expect(shown()).toContain('stops gently');
		expect(footer()).toMatch(/Enter choose.*Esc leave it/);
		await press('G');
		const kinds = offeredFaults(busyState(), 'server-1');
		expect(shown()).toContain(`${kinds.length} of ${kinds.length}`);
		expect(shown().replaceAll(/[│┃\n\s]+/g, ' ')).toContain(faultTable[kinds.at(-1)!].line.slice(0, 40));
		await press('g', 'j', 'k', 'down');
		expect(shown()).toContain('kill -9: the kernel closes');
	});

	test('a fault is chosen, its parameters are proposed, corrected and sent for the part it was opened on', async () => {
		const {press, sent, view} = await open();
		const place = offeredFaults(busyState(), 'server-2').indexOf('slow');
		await press('j', 'i', ...Array.from({length: place}, () => 'j'), 'enter');
		expect(footer()).toContain('slow on Server 2, for=10s ends it: 200ms_');
		await press(
			'backspace',
			'backspace',
			's',
			'space',
			...'share=0.5 for=10s'
				.replace(' ', '\0')
				.split('')
				.map(key => (key === '\0' ? 'space' : key)),
		);
		expect(footer()).toContain('200s share=0.5 for=10s_');
		await press('enter');
		expect(sent).toEqual([
			{
				type: 'send',
				command: {type: 'fault', part: 'server-2', fault: fault('slow 200s share=0.5'), forMs: 10_000},
			},
		]);
		expect(view()).not.toHaveProperty('picker');
		expect(view()).not.toHaveProperty('prompt');
	});

	test('what is no parameter is said, and the question stays; Esc goes back step by step', async () => {
		const {press, sent, view} = await open();
		await press('i', 'enter', 'x', 'enter');
		expect(footer()).toContain("stop takes no 'x'");
		expect(view().prompt?.text).toBe('x');
		await press('escape');
		expect(view().picker).toBeDefined();
		await press('tab', 'X', '2', 'escape');
		expect(view()).toMatchObject({focus: 'servers'});
		expect(view()).not.toHaveProperty('picker');
		expect(sent).toEqual([]);
	});

	test('only what the part can have is offered', () => {
		const targets = (state: State, part: string) => [
			...new Set(offeredFaults(state, part).map(kind => faultTable[kind].target)),
		];
		const state = busyState();
		const as = (kind: 'command' | 'external') => ({
			...state,
			plan: {...state.plan, servers: state.plan.servers.map(server => ({...server, kind}))},
		});
		expect(targets(state, 'server-1')).toEqual(expect.arrayContaining(['process', 'behaviour']));
		expect(targets(as('command'), 'server-1')).not.toContain('behaviour');
		expect(targets(as('external'), 'server-1')).not.toContain('process');
		expect(targets(state, 'balancer')).toEqual(['process']);
		expect(targets(state, 'clients')).not.toContain('behaviour');
	});
});

describe('faults in force', () => {
	test('stand in the row of their server, in the events and on the charts, until they end', async () => {
		const {show} = await open();
		const one = began(busyState(), 1, 'slow 200ms', 8000);
		await show(began(one, 2, 'no-ack'));
		expect(shown()).toMatch(/fault slow 200ms \(8\.0 s left\), no-ack/);
		expect(one.events.at(-1)).toMatchObject({actor: 'you', text: 'Server 1: fault slow 200ms for 8.0 s', tone: 'bad'});
		expect(one.marks.at(-1)).toEqual({at: one.now, text: 'Server 1: fault slow 200ms'});
		const over = reduce(one, {
			...{type: 'fault-ended', at: one.now, id: 1, part: 'server-1', fault: fault('slow 200ms')},
			...{by: 'lbtop', cause: 'duration'},
		});
		await show(over);
		expect(shown()).not.toContain('fault slow 200ms (');
		expect(over.events.at(-1)).toMatchObject({actor: 'lbtop', text: 'Server 1: fault slow ended (its time is over)'});
		expect(faultText(over, 'server-1')).toBeUndefined();
	});

	test('u undoes those of the selected part, and says so where there are none', async () => {
		const {press, sent, show} = await open();
		await press('u');
		expect(footer()).toContain('no fault is in force on Server 1');
		await show(began(busyState(), 1, 'no-ack'));
		await press('u', 'j', 'u');
		expect(sent).toEqual([{type: 'send', command: {type: 'undo', part: 'server-1'}}]);
	});
});

test.each([
	['slow', '1s share=0.5', {fault: fault('slow 1s share=0.5')}],
	['kill', 'for=2m', {fault: fault('kill'), forMs: 120_000}],
	['kill', '', {fault: fault('kill')}],
	['kill', 'for=soon', "'for=soon' is no time such as for=10s"],
	['slow', 'soon', expect.stringContaining("delay 'soon' is not a time")],
] as const)('%s, answered %j', (kind, text, answer) => expect(readAnswer(kind, text)).toEqual(answer));
