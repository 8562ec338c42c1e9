/** The panes over a HAProxy, as it was recorded: its counts, what it does not know, and which keys act. */

import {readFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {emptyState} from '../../src/haproxy/empty-state.ts';
import {eventsOf, follow} from '../../src/haproxy/follow.ts';
import {lookAt} from '../../src/haproxy/look.ts';
import {readInfo, readStat} from '../../src/haproxy/read-answers.ts';
import type {State} from '../../src/state/state.ts';
import {createStore} from '../../src/state/store.ts';
import {keymap} from '../../src/ui/keymap/keymap.ts';
import {trafficWindow} from '../../src/ui/traffic/traffic-window.ts';
import {watchedKeys} from '../../src/ui/watched/watched-keys.ts';
import {openTestScreen} from '../support/screen.tsx';

const recorded = (name: string) => readFileSync(path.join(import.meta.dirname, '../haproxy/fixtures', name), 'utf8');

function watchedState({isLost = false, stat = 'haproxy-stat.csv'} = {}): State {
	const rows = readStat(recorded(stat))!;
	const look = lookAt({
		rows,
		info: readInfo(recorded('haproxy-info.txt'))!,
		backend: 'pool',
		socket: '/run/h.sock',
		everySeconds: 1,
	});
	const store = createStore(emptyState(0));
	for (const event of eventsOf(follow(look), undefined, 1000)) store.apply(event);
	for (const event of eventsOf(follow(look), follow(look), 2000)) store.apply(event);
	store.apply({at: 2000, type: 'second-passed'});
	if (isLost)
		store.apply({
			...{at: 3000, type: 'process-changed', part: 'balancer', status: 'NOT-READY', by: 'lbtop'},
			detail: 'connection refused (ECONNREFUSED)',
		});
	return store.get();
}

const open = (state: State, size = {columns: 120, rows: 40}) =>
	openTestScreen(state, {...size, color: false, table: watchedKeys(keymap)});

describe.each([
	{columns: 80, rows: 24},
	{columns: 120, rows: 40},
])('at $columns×$rows', size => {
	test('what is counted is said, what is not known is no 0, and no part is there that is not', async () => {
		const screen = await open(watchedState(), size);
		const text = screen.text().join('\n');
		screen.close();
		expect(text).toContain('HAPROXY');
		expect(text).toContain('sessions, not ACKs');
		expect(text).toContain('ACKED -');
		expect(text).toMatch(/s1 .*UP/);
		expect(text).toContain('Clients as HAProxy counts');
		expect(text).not.toMatch(/Client manager|FAILED|P99|seed|embedded/);
		expect(text).not.toContain('stale');
	});
	test('while it does not answer, all is stale, and why', async () => {
		const screen = await open(watchedState({isLost: true}), size);
		const text = screen.text().join('\n');
		screen.close();
		expect(text).toContain('STALE');
		expect(text).toContain('UP ?');
		expect(text).toContain('connection refused (ECONNREFUSED)');
		expect(text).toMatch(/~L7OK|~\d/);
	});
});

test('its own words of the last check stand in the details', async () => {
	const screen = await open(watchedState({stat: 'haproxy-down-stat.csv'}));
	await screen.press('j', 'enter');
	const text = screen.text().join('\n');
	screen.close();
	expect(text).toContain('pool/s2');
	expect(text).toContain('L4CON Connection refused at step 1 of tcp-check (connect)');
	expect(text).toMatch(/went down +2, for 0:06 in all/);
	expect(text).toMatch(/ACKed +-/);
});

test.each([
	['D', 'drain'],
	['d', 'maint'],
	['e', 'ready'],
])('%s asks first, and does nothing without a yes', async (key, type) => {
	const screen = await open(watchedState());
	await screen.press(key);
	expect(screen.text().join('\n')).toContain(`'set server pool/s1 state ${type}' to the HAProxy at work?`);
	await screen.press('enter');
	expect(screen.sent).toEqual([]);
	await screen.press(key, 'y');
	screen.close();
	expect(screen.sent).toEqual([{type: 'send', command: {type, part: 'pool/s1'}}]);
});

test('w asks for the weight', async () => {
	const screen = await open(watchedState());
	await screen.press('w', '7', 'enter');
	screen.close();
	expect(screen.sent).toEqual([{type: 'send', command: {type: 'weight', part: 'pool/s1', weight: 7}}]);
});

test.each(['x', 'X', 's', 'r', 'R', 'p', 'n', 'i', 'u', '+', '-', 'a'])('%s says why it cannot act', async key => {
	const screen = await open(watchedState());
	await screen.press(key);
	const text = screen.text().join('\n');
	screen.close();
	expect(text).toContain('HAProxy runs elsewhere: it can be told drain, maint, ready and weight, nothing else');
	expect(screen.sent).toEqual([]);
});

test.each([
	['S', {}, 'there is no run of ours here to report on'],
	['D', {isLost: true}, 'HAProxy does not answer: it can be told nothing until it does'],
	['w', {isLost: true}, 'HAProxy does not answer: it can be told nothing until it does'],
])('%s says why not, %j', async (key, how, reason) => {
	const screen = await open(watchedState(how));
	await screen.press(key);
	const text = screen.text().join('\n');
	screen.close();
	expect(text).toContain(reason);
	expect(screen.sent).toEqual([]);
});

test('the log has no file: events have its place, and its key still finds it', async () => {
	const screen = await open(watchedState(), {columns: 80, rows: 24});
	expect(screen.text().join('\n')).toContain('5 Events');
	await screen.press('6');
	const text = screen.text().join('\n');
	await screen.press('/', 'f', '5');
	expect(screen.text().join('\n')).toContain('5 Events');
	screen.close();
	expect(text).toContain('there is no log.txt here');
});

test('there are two charts, and c goes round', async () => {
	const screen = await open(watchedState());
	await screen.press('2', 'c');
	const second = screen.text().join('\n');
	await screen.press('c');
	const first = screen.text().join('\n');
	screen.close();
	expect(second).toMatch(/sessions most a second .*in flight 0 .*queued 0/);
	expect(second).not.toContain('due');
	expect(first).toContain('sessions a second');
});

test('at 120×40 nothing stands there only to say that there is none, until it is asked for', async () => {
	const screen = await open(watchedState());
	expect(screen.text().join('\n')).not.toMatch(/log\.txt|Incidents/);
	await screen.press('6');
	expect(screen.text().join('\n')).toContain('there is no log.txt here');
	await screen.press('3');
	expect(screen.text().join('\n')).toContain('incidents are timed in a lab');
	await screen.press('5', 'z');
	expect(screen.text().join('\n')).toMatch(/5 Events/);
	expect(screen.text().join('\n')).not.toMatch(/1 Servers/);
	screen.close();
});

test('a look every three seconds is three columns of the chart, a missed one is a gap', () => {
	const state = watchedState();
	const sample = state.samples[0]!;
	const samples = [3000, 6000, 12_000].map(at => ({...sample, at, acked: at}));
	const watched = {...state.watched!, everySeconds: 3};
	const {columns} = trafficWindow({...state, samples, watched}, {width: 60, minutes: 1});
	expect(columns.slice(-12).map(column => column?.acked)).toEqual([
		...[3000, 3000, 3000, 6000, 6000, 6000],
		...[undefined, undefined, undefined, 12_000, 12_000, 12_000],
	]);
});
