import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {layoutNames} from '../../src/domain/layout-name.ts';
import {type Layout, layoutOf, paneIds, type Rect} from '../../src/ui/layout.ts';

const rectsOf = ({header, panes, drawer, footer}: Layout): Rect[] => [
	header,
	...Object.values(panes),
	...(drawer ? [drawer] : []),
	footer,
];
const sizes = [
	[60, 16],
	[80, 24],
	[99, 28],
	[100, 27],
	[100, 28],
	[100, 30],
	[120, 40],
	[200, 60],
	[300, 100],
] as const;

/** Each cell belongs to exactly one rectangle. */
function expectTiles(layout: Layout, columns: number, rows: number) {
	const owners = new Uint8Array(columns * rows);
	for (const {x, y, width, height} of rectsOf(layout)) {
		expect(x + width).toBeLessThanOrEqual(columns);
		expect(y + height).toBeLessThanOrEqual(rows);
		for (let row = y; row < y + height; row++)
			for (let column = x; column < x + width; column++) owners[row * columns + column]!++;
	}
	expect(owners.every(count => count === 1)).toBe(true);
}

describe('the layout', () => {
	test('tiles the screen at any size, whatever has the focus', () => {
		fc.assert(
			fc.property(
				fc.record({
					columns: fc.integer({min: 60, max: 320}),
					rows: fc.integer({min: 16, max: 120}),
					serverRows: fc.integer({min: 4, max: 80}),
					focus: fc.constantFrom(...paneIds),
					zoomed: fc.boolean(),
					layout: fc.constantFrom(...layoutNames),
					drawerRows: fc.constantFrom(0, 6, 8, 14),
					lessonRows: fc.integer({min: 0, max: 5}),
				}),
				request => {
					const layout = layoutOf(request)!;
					expectTiles(layout, request.columns, request.rows);
					const isCovered = request.drawerRows > 0 && request.rows - request.drawerRows < 16;
					expect(layout.panes[request.focus] === undefined).toBe(isCovered);
					for (const {width, height} of Object.values(layout.panes)) {
						expect(width).toBeGreaterThanOrEqual(40);
						expect(height).toBeGreaterThanOrEqual(4);
					}
				},
			),
			{numRuns: 300},
		);
	});

	test.each(sizes)('at %i×%i servers and log are in view from the start', (columns, rows) => {
		const {panes} = layoutOf({columns, rows, serverRows: 6, focus: 'servers', zoomed: false, layout: 'default'})!;
		expect(Object.keys(panes)).toEqual(expect.arrayContaining(['servers', 'log']));
	});

	test('shows all six panes where there is room', () => {
		const {panes} = layoutOf({
			columns: 120,
			rows: 40,
			serverRows: 6,
			focus: 'servers',
			zoomed: false,
			layout: 'default',
		})!;
		expect(Object.keys(panes).sort()).toEqual([...paneIds].sort());
	});

	test.each([
		['log', 'log'],
		['traffic', 'traffic'],
		['incidents', 'incidents'],
		['servers', 'servers'],
	] as const)('%s gives %s the most room, wide or narrow', (layout, pane) => {
		for (const [columns, rows] of [
			[120, 40],
			[80, 24],
			[60, 16],
		] as const) {
			const {panes} = layoutOf({columns, rows, serverRows: 6, focus: 'servers', zoomed: false, layout})!;
			const areas = Object.values(panes).map(({width, height}) => width * height);
			const {width, height} = panes[pane] ?? {width: 0, height: 0};
			if (rows > 16) expect([columns, width * height]).toEqual([columns, Math.max(...areas)]);
		}
	});

	test('gives the zoomed pane everything between header and footer', () => {
		const layout = layoutOf({columns: 80, rows: 24, serverRows: 6, focus: 'events', zoomed: true, layout: 'default'})!;
		expect(layout.panes).toEqual({events: {x: 0, y: 2, width: 80, height: 20}});
	});

	test.each([
		[59, 16],
		[60, 15],
		[1, 1],
		[300, 10],
	])('has none at %i×%i', (columns, rows) => {
		expect(
			layoutOf({columns, rows, serverRows: 6, focus: 'servers', zoomed: false, layout: 'default'}),
		).toBeUndefined();
	});
});
