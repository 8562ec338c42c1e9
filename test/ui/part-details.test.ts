import {expect, test} from 'vitest';
import type {ServerHealth} from '../../src/state/state.ts';
import {serverDetail} from '../../src/ui/servers/part-details.ts';
import {createTheme} from '../../src/ui/theme.ts';
import {busyState} from '../support/state-fixture.ts';

/** A healthy server's second line, with this known of its health. */
function detail(health: ServerHealth | null, weight = 1): string {
	const state = busyState();
	const server = {...state.servers[0]!, health, weight};
	const facts = {state, theme: createTheme({ascii: false, color: false}), index: 0, width: 200, peak: 1, dropped: []};
	return serverDetail(server, facts)
		.map(({text}) => text)
		.join('');
}

const health: ServerHealth = {
	check: {status: 'L7OK', ms: 1.24, text: 'answered its check'},
	...{checkFailures: 0, downs: 0, downMs: 0, ejections: 0, weight: 1},
};

test('of the health of a server only what there is to tell is shown', () => {
	expect(detail(null)).not.toMatch(/check L|down|eject|weight/);
	expect(detail(health)).toContain('check L7OK 1.2 ms   redelivered');
	expect(detail(health)).not.toMatch(/failed|down|eject|weight/);
	expect(detail({...health, checkFailures: 4, downs: 2, downMs: 65_000, ejections: 1})).toContain(
		'check L7OK 1.2 ms (4 failed)   down 2× 1:05   ejected 1×',
	);
});

test('a weight is shown where it is not 1, and with what is left of it in a slow start', () => {
	expect(detail({...health, weight: 5}, 5)).toContain('weight 5 ');
	expect(detail({...health, weight: 0.0625}, 1)).toContain('weight 0.06 of 1');
});
