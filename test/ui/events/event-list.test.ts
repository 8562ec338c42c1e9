import {describe, expect, test} from 'vitest';
import {type EventList, movedInEvents, topOf} from '../../../src/ui/events/event-list.ts';

const happened = (count: number) =>
	Array.from({length: count}, (_, at) => ({at, actor: 'lbtop', text: `${at}`, tone: 'plain' as const}));
const move =
	(by: number, {entries = happened(100), page = false} = {}) =>
	(list: EventList) =>
		movedInEvents(list, {entries, by, page, height: 10});
const after = (...moves: ((list: EventList) => EventList)[]) => {
	const {held} = moves.reduce((list, step) => step(list), {} as EventList);
	return held && [held.cursor, held.top];
};

describe('the list of events', () => {
	test.each([
		['up from the end it is held, the one before the last selected', [move(-1)], [98, 90]],
		['what is in sight moves when the cursor leaves it', [move(-9), move(-1), move(-1)], [88, 88]],
		['a page moves what is in sight too', [move(-10, {page: true})], [89, 80]],
		['the last one can be selected without moving', [move(0)], [99, 90]],
		['the cursor comes down to the last before the end is followed', [move(-1), move(1)], [99, 90]],
		['its beginning', [move(Number.NEGATIVE_INFINITY)], [0, 0]],
		['fewer than a page', [move(-2, {entries: happened(4)})], [1, 0]],
	])('%s', (_, moves, expected) => expect(after(...moves)).toEqual(expected));
	test.each([
		['down from its last', [move(-1), move(1), move(1)]],
		['at the end', [move(-30), move(Number.POSITIVE_INFINITY)]],
		['down from the end', [move(1)]],
		['where nothing has happened', [move(-1, {entries: []})]],
	])('%s it is followed', (_, moves) => expect(after(...moves)).toBeUndefined());
	test('what is held stays, whatever happens', () => {
		const changing = happened(20);
		const held = movedInEvents({}, {entries: changing, by: -1, height: 10});
		changing.length = 0;
		expect(held.held!.entries).toHaveLength(20);
		expect(movedInEvents(held, {entries: happened(5), by: -1, height: 10}).held).toMatchObject({cursor: 17});
	});
	test.each([
		[{cursor: 50, top: 45, count: 100}, 10, 45],
		[{cursor: 50, top: 45, count: 100}, 4, 47],
		[{cursor: 99, top: 90, count: 100}, 30, 70],
		[{cursor: 1, top: 0, count: 3}, 10, 0],
	])('%j in %i rows begins at %i', (place, height, top) => expect(topOf(place, height)).toBe(top));
});
