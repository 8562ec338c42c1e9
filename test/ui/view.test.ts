import {describe, expect, test} from 'vitest';
import {firstView, reduceView, type View, type ViewAction} from '../../src/ui/view.ts';
import {busyState} from '../support/state-fixture.ts';

const after = (view: View, ...actions: ViewAction[]) => actions.reduce(reduceView, view);
const lines = Array.from({length: 100}, (_, index) => `line ${index}`);
const scroll = (by: number, from = lines, total = 5000): ViewAction => ({
	type: 'scroll-log',
	lines: from,
	total,
	by,
	height: 10,
});

describe('the log', () => {
	test('scrolling up holds what is there, whatever arrives', () => {
		const view = after(firstView, scroll(-3));
		expect(view.log.held).toEqual({entries: lines, total: 5000, end: 97});
		const later = after(view, scroll(-1, ['quite', 'other', 'lines'], 9000));
		expect(later.log.held).toEqual({entries: lines, total: 5000, end: 96});
	});
	test('a list that changes in place does not change what is held', () => {
		const changing = [...lines];
		const view = after(firstView, scroll(-3, changing));
		changing.length = 0;
		expect(view.log.held?.entries).toHaveLength(100);
	});
	test('back at the end it is followed again', () => {
		expect(after(firstView, scroll(-3), scroll(3)).log.held).toBeUndefined();
		expect(after(firstView, scroll(-3), scroll(Number.POSITIVE_INFINITY)).log.held).toBeUndefined();
		expect(after(firstView, scroll(-3), {type: 'follow'}).log.held).toBeUndefined();
		expect(after(firstView, scroll(1)).log.held).toBeUndefined();
	});
	test('its beginning is a full page', () => {
		expect(after(firstView, scroll(Number.NEGATIVE_INFINITY)).log.held?.end).toBe(10);
		expect(after(firstView, scroll(-5, lines.slice(0, 4))).log.held).toBeUndefined();
	});
	test('shifts sideways, not past the left edge; wrapping begins at the left edge', () => {
		expect(after(firstView, {type: 'shift-log', by: 8}, {type: 'shift-log', by: -16}).log.column).toBe(0);
		expect(after(firstView, {type: 'shift-log', by: 8}, {type: 'wrap'}).log).toMatchObject({column: 0, wrap: true});
	});
});

test('Esc takes back one thing at a time: help, zoom, scrolling, freeze', () => {
	const state = busyState();
	let view = after(firstView, {type: 'freeze', state}, scroll(-3), {type: 'zoom'}, {type: 'help', open: true});
	const left = () => [view.help !== undefined, view.zoomed, view.log.held !== undefined, view.frozen !== undefined];
	const steps = [left()];
	for (let press = 0; press < 5; press++) {
		view = after(view, {type: 'back'});
		steps.push(left());
	}
	expect(steps).toEqual([
		[true, true, true, true],
		[false, true, true, true],
		[false, false, true, true],
		[false, false, false, true],
		[false, false, false, false],
		[false, false, false, false],
	]);
});

test('the help scrolls within itself', () => {
	const open = after(firstView, {type: 'help', open: true});
	expect(
		after(open, {type: 'scroll-help', by: Number.POSITIVE_INFINITY, most: 7}, {type: 'scroll-help', by: -1, most: 7})
			.help,
	).toBe(6);
	expect(after(open, {type: 'scroll-help', by: -1, most: 7}).help).toBe(0);
	expect(after(open, {type: 'focus', pane: 'log'}).help).toBeUndefined();
	expect(after(firstView, {type: 'scroll-help', by: 1, most: 7}).help).toBeUndefined();
});
