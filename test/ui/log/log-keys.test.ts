import {describe, expect, test} from 'vitest';
import type {KeyContext} from '../../../src/ui/keymap/key-row.ts';
import {actsOf, hintsOf, keymap} from '../../../src/ui/keymap/keymap.ts';
import {firstLogView, type LogView} from '../../../src/ui/log/log-view.ts';
import {firstView, reduceView} from '../../../src/ui/view.ts';
import {busyState} from '../../support/state-fixture.ts';

const contextOf = (log: Partial<LogView>, more: Partial<KeyContext> = {}): KeyContext => {
	const view = {...firstView, focus: 'log' as const, log: {...firstLogView, ...log}};
	const state = busyState();
	return {live: state, shown: state, view, layout: undefined, helpBelow: 0, keymap, ...more};
};
const asked = (key: string, log: Partial<LogView>) =>
	actsOf(key, contextOf(log)).map(act => (act.type === 'log' ? act.ask : act.type === 'view' ? act.action : act));
const notice = (key: string, log: Partial<LogView>) =>
	asked(key, log).flatMap(act => ('type' in act && act.type === 'notice' ? [act.text] : []))[0];
const row = {place: 10, text: 'a', hits: [], cutBytes: 0};
const window = {
	...{rows: [row, {...row, place: 20}], from: 10, to: 30, hasBegin: true, hasEnd: true},
	...{cursor: 10, top: 10, isFollowing: false, since: {lines: 0, skippedBytes: 0}},
};

describe('without a file', () => {
	test.each(['/', 'n', 'N', '&', 'backspace', 'enter', 'm', '[', ']', 'u', 'y', 'o'])('%s says why not', key => {
		expect(notice(key, {})).toBe('there is no log file here: only the last lines of it were kept');
		expect(hintsOf(contextOf({})).some(({keys}) => keys.includes(key))).toBe(false);
	});
	test('the kept lines are scrolled, held and followed', () => {
		const press = (key: string, context: KeyContext) =>
			actsOf(key, context).reduce(
				(view, act) => (act.type === 'view' ? reduceView(view, act.action) : view),
				context.view,
			);
		let context = contextOf({});
		for (const [key, end] of [
			['k', 119],
			['g', 10],
			['j', 11],
			['f', undefined],
			['f', 119],
			['G', undefined],
		] as const) {
			context = {...context, view: press(key, context)};
			expect([key, context.view.log.held?.end]).toEqual([key, end]);
		}
	});
	test('wrapping, time and sideways work as ever', () => {
		for (const key of ['w', 't', 'l']) expect(notice(key, {})).toBeUndefined();
	});
});

describe('with a file', () => {
	const hasFile = true;
	test.each([
		['k', {}, {type: 'hold', by: -1}],
		['g', {}, {type: 'begin'}],
		['G', {window}, {type: 'follow'}],
		['f', {}, {type: 'hold', by: 0}],
		['f', {window}, {type: 'follow'}],
		['k', {window}, {type: 'log-move', by: -1, height: 10, page: false}],
		['page-down', {window}, {type: 'log-move', by: 10, height: 10, page: true}],
		['j', {window: {...window, cursor: 20}}, {type: 'follow'}],
		['j', {window: {...window, cursor: 20, hasEnd: false}}, {type: 'log-move', by: 1, height: 10, page: false}],
		['j', {window, story: {id: 'c1-1', rows: [], isCut: false, selected: 0}}, {type: 'story-move', by: 1}],
		['n', {search: {term: {type: 'text', text: 'a'}}}, {type: 'next', to: 'newer'}],
		['N', {search: {term: {type: 'text', text: 'a'}}}, {type: 'next', to: 'older'}],
		['[', {marks: [row]}, {type: 'to-mark', to: 'older'}],
	] as [string, Partial<LogView>, object][])('%s in %j asks for %j', (key, log, ask) => {
		expect(asked(key, {hasFile, ...log})).toEqual([ask]);
	});
	test('down from the followed end there is nothing to do', () => expect(asked('j', {hasFile})).toEqual([]));
	test.each([
		['n', 'nothing is searched for: / asks'],
		['[', 'no line is marked: m marks one'],
		['u', 'no line is marked: m marks one'],
		['backspace', 'no filter is set'],
	])('%s says when there is nothing to act on', (key, text) => expect(notice(key, {hasFile})).toBe(text));
	test.each([
		['/', 'log-search'],
		['&', 'log-filter'],
	])('%s asks what for', (key, kind) => {
		expect(asked(key, {hasFile})).toEqual([{type: 'ask', prompt: {kind, text: ''}}]);
	});
});

describe('an answer', () => {
	const answered = (kind: 'log-search' | 'log-filter', text: string) =>
		actsOf('enter', {...contextOf({hasFile: true}), view: {...firstView, prompt: {kind, text}}});
	test.each([
		['log-search', 'HAI', 'search'],
		['log-filter', '!by:server-1', 'filter'],
		['log-filter', '', 'filter'],
	] as const)('to %s %j is asked of the log', (kind, text, type) => {
		expect(answered(kind, text).at(-1)).toEqual({type: 'log', ask: {type, text}});
	});
	test.each([
		['log-search', ''],
		['log-search', '/(/'],
		['log-filter', '!'],
	] as const)('to %s %j is none, and stays to be mended', (kind, text) => {
		expect(answered(kind, text)).toEqual([{type: 'view', action: expect.objectContaining({type: 'wrong'})}]);
	});
});
