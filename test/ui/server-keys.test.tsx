import {afterEach, describe, expect, test} from 'vitest';
import type {State} from '../../src/state/state.ts';
import {openTestScreen, type TestScreen} from '../support/screen.tsx';
import {busyState} from '../support/state-fixture.ts';

let screen: TestScreen | undefined;
afterEach(() => screen?.close());

const running = (change: (state: State) => State = state => state): State => {
	const state = busyState();
	return change({...state, balancer: {...state.balancer, process: 'READY'}});
};
const open = async (state = running()) => {
	screen = await openTestScreen(state, {columns: 120, rows: 36});
	return screen;
};
const footer = () => screen!.text().slice(-2).join('\n');

describe('on the selected server', () => {
	test.each([
		['D', {type: 'drain', part: 'server-1'}],
		['d', {type: 'maint', part: 'server-1'}],
		['n', {type: 'add-server'}],
	])('%s sends its command', async (key, command) => {
		const {press, sent} = await open();
		await press(key);
		expect(sent).toEqual([{type: 'send', command}]);
	});
	test('e makes ready what is drained, and says why not what is ready', async () => {
		const {press, sent, show} = await open();
		await press('e');
		expect(footer()).toContain('Server 1 is ready already');
		await show(
			running(state => ({
				...state,
				servers: state.servers.map(server => ({...server, administration: 'drain' as const})),
			})),
		);
		await press('D');
		expect(footer()).toContain('Server 1 is drained already');
		await press('e');
		expect(sent).toEqual([{type: 'send', command: {type: 'ready', part: 'server-1'}}]);
	});
	test('they say why they cannot act: no server, none of the balancer’s, no balancer, a lab that stops', async () => {
		const {press, sent, show} = await open();
		await press('G', 'D');
		expect(footer()).toContain('is no server');
		await press('g');
		await show(running(state => ({...state, servers: state.servers.map(one => ({...one, administration: null}))})));
		await press('w');
		expect(footer()).toContain("is not among the balancer's servers");
		await show(running(state => ({...state, balancer: {...state.balancer, process: 'BACKOFF'}})));
		await press('d');
		expect(footer()).toContain('the load balancer is BACKOFF');
		await show(running(state => ({...state, phase: 'stopping'})));
		await press('n');
		expect(footer()).toContain('the lab is stopping');
		expect(sent).toEqual([]);
	});
});

describe('the prompt for a weight', () => {
	test('is written, corrected and sent for the server it was opened on', async () => {
		const {press, sent, view} = await open();
		await press('j', 'w');
		expect(footer()).toMatch(/weight of Server 2, 0 to 256: _/);
		expect(footer()).toMatch(/Enter do it.*Esc leave it/);
		await press('1', '3', 'backspace', '2');
		expect(footer()).toContain('256: 12_');
		await press('enter');
		expect(sent).toEqual([{type: 'send', command: {type: 'weight', part: 'server-2', weight: 12}}]);
		expect(view().prompt).toBeUndefined();
	});
	test('takes no other key for anything, and leaves all as it was with Esc', async () => {
		const {press, sent, view} = await open();
		await press('w', 'x', 'X', 'q', 'tab', 'j', 'D', 'escape');
		expect(sent).toEqual([]);
		expect(view()).toMatchObject({focus: 'servers'});
		expect(view().prompt).toBeUndefined();
	});
	test.each([[[]], [['9', '9', '9']]])('%j is no weight: it says so and stays open', async keys => {
		const {press, sent, view} = await open();
		await press('w', ...keys, 'enter');
		expect(footer()).toContain('a weight is a whole number from 0 to 256');
		expect(view().prompt?.text).toBe(keys.join(''));
		expect(sent).toEqual([]);
	});
	test('Ctrl-C still quits', async () => {
		const {press, sent} = await open();
		await press('w', 'ctrl-c');
		expect(sent).toEqual([{type: 'quit', now: false}]);
	});
});
