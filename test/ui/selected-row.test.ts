/** Whoever is selected is in sight at every size: keys act on it. */

import fc from 'fast-check';
import {expect, test} from 'vitest';
import {layoutNames} from '../../src/domain/layout-name.ts';
import {partsOf} from '../../src/state/state.ts';
import {contextOf} from '../../src/ui/App.tsx';
import {selectedPart} from '../../src/ui/keymap/key-row.ts';
import {keymap} from '../../src/ui/keymap/keymap.ts';
import {paneIds} from '../../src/ui/layout.ts';
import {serversContent} from '../../src/ui/panes/ServersPane.tsx';
import {nextSort, type ServerSort} from '../../src/ui/servers/server-order.ts';
import {createTheme} from '../../src/ui/theme.ts';
import {firstView, type View} from '../../src/ui/view.ts';
import {busyState} from '../support/state-fixture.ts';

const theme = createTheme({ascii: true, color: false});
const stateOf = (count: number) => busyState(Array.from({length: count}, (_, index) => `Server ${index + 1}`));
const counts = [1, 2, 3, 4, 5, 7, 12, 64];
const states = new Map(counts.map(count => [count, stateOf(count)]));
const sorts: (ServerSort | undefined)[] = [undefined];
for (let sort = nextSort(undefined); sort; sort = nextSort(sort)) sorts.push(sort, {...sort, isDown: !sort.isDown});

const screens = fc.record({
	servers: fc.constantFrom(...counts),
	place: fc.nat(),
	columns: fc.oneof(fc.constant(60), fc.integer({min: 60, max: 200})),
	rows: fc.oneof(fc.constant(16), fc.integer({min: 16, max: 60})),
	focus: fc.constantFrom(...paneIds),
	layout: fc.constantFrom(...layoutNames),
	isWriting: fc.boolean(),
	sort: fc.constantFrom(...sorts),
});

test('wherever there are servers on the screen, the selected row is', () => {
	fc.assert(
		fc.property(screens, ({servers, place, columns, rows, focus, layout, isWriting, sort}) => {
			const state = states.get(servers)!;
			const parts = partsOf(state);
			const {id, name} = parts[place % parts.length]!;
			const wishes = {...(sort ? {sort} : {}), ...(isWriting ? {palette: {text: ''}} : {})};
			const view: View = {...firstView, focus, layout, selected: id, ...wishes};
			const context = contextOf({live: state, shown: state, view, size: {columns, rows}, keymap});
			const rect = context.layout!.panes.servers;
			if (!rect) {
				expect(isWriting).toBe(true);
				return;
			}
			const selected = selectedPart(context).id;
			const {lines} = serversContent({state, selected, sort, rect, isFocused: focus === 'servers', theme, keymap});
			const cursors = lines.slice(0, rect.height - 2).filter(([sign]) => sign?.text === theme.glyphs.cursor);
			expect(cursors).toHaveLength(1);
			const words = cursors[0]!.map(({text}) => text).join('');
			expect(words).toContain({balancer: 'alancer', clients: 'lient'}[id] ?? `${name} `);
		}),
		{numRuns: 400},
	);
});
