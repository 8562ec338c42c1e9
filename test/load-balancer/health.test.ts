import {describe, expect, it} from 'vitest';
import {administrations, formatRoute} from '../../src/domain/status.ts';
import {
	type Health,
	healthStates,
	type Observation,
	observations,
	observe,
	routeOf,
	unchecked,
	untilNextCheck,
} from '../../src/load-balancer/health.ts';
import {defaultHealth} from './support/defaults.ts';

/** w: a check went well; u: it did not; l: lost in use; d: next to lost; e: ejected; r: let in again; s: slow no more; n: nothing is known any more. */
const letters: Record<string, Observation> = {
	...{w: 'well', u: 'unwell', l: 'lost', d: 'dying'},
	...{e: 'ejected', r: 'readmitted', s: 'warmed', n: 'renewed'},
};

function play(story: string, settings = defaultHealth): Health[] {
	let health = unchecked;
	return [...story].map(letter => {
		health = observe(health, letters[letter]!, settings);
		return health;
	});
}

/** The whole table with every number 1: where each observation leads from each state. A dot: it stays. */
const table = `
              well  unwell  dying  lost  ejected  readmitted  warmed  renewed
  INITIAL     UP    DOWN    .      DOWN  .        .           .       UNCHECKED
  UNCHECKED   SLOW  DOWN    .      DOWN  .        .           .       .
  UP          .     DOWN    DOWN   DOWN  EJECTED  .           .       UNCHECKED
  SLOW        .     DOWN    DOWN   DOWN  EJECTED  .           UP      UNCHECKED
  EJECTED     .     DOWN    DOWN   DOWN  .        SLOW        .       UNCHECKED
  DOWN        SLOW  .       .      .     .        .           .       UNCHECKED
`;

describe('the table of transitions', () => {
	const [head, ...rows] = table
		.trim()
		.split('\n')
		.map(line => line.trim().split(/\s+/));
	it('has every state and observation', () => {
		expect(head).toEqual([...observations]);
		expect(rows.map(([state]) => state)).toEqual([...healthStates]);
	});
	const settings = {...defaultHealth, rise: 1, fall: 1, slowStartMs: 1000};
	for (const [index, state] of healthStates.entries()) {
		it.each(observations.map((observation, place) => [observation, rows[index]![place + 1]!] as const))(
			`leads from ${state} by %s to %s`,
			(observation, to) => {
				const next = observe({state, progress: 0, seen: 0}, observation, settings);
				expect(next).toMatchObject({state: to === '.' ? state : to, progress: 0});
			},
		);
	}
	it('knows no SLOW where nobody wants a slow start', () => {
		expect(play('uwwnwer').at(-1)).toMatchObject({state: 'UP'});
		expect(play('uwwnwer').map(({state}) => state)).not.toContain('SLOW');
	});
});

describe('the health of a server (rise 2, fall 3)', () => {
	it.each([
		['w', 'UP'],
		['u', 'DOWN'],
		['wu', 'UP, UP 2/3'],
		['wuu', 'UP, UP 2/3, UP 1/3'],
		['wuuu', 'UP, UP 2/3, UP 1/3, DOWN'],
		['wuuwu', 'UP, UP 2/3, UP 1/3, UP, UP 2/3'],
		['wl', 'UP, DOWN'],
		['wul', 'UP, UP 2/3, DOWN'],
		['wd', 'UP, UP 1/3'],
		['wud', 'UP, UP 2/3, UP 1/3'],
		['wuud', 'UP, UP 2/3, UP 1/3, DOWN'],
		['wdu', 'UP, UP 1/3, DOWN'],
		['wdw', 'UP, UP 1/3, UP'],
		['we', 'UP, EJECTED'],
		['wer', 'UP, EJECTED, UP'],
		['weuuu', 'UP, EJECTED, EJECTED 2/3, EJECTED 1/3, DOWN'],
		['uw', 'DOWN, DOWN 1/2'],
		['uww', 'DOWN, DOWN 1/2, UP'],
		['uwuw', 'DOWN, DOWN 1/2, DOWN, DOWN 1/2'],
		['uwlww', 'DOWN, DOWN 1/2, DOWN, DOWN 1/2, UP'],
		['uwwuuu', 'DOWN, DOWN 1/2, UP, UP 2/3, UP 1/3, DOWN'],
		['wnw', 'UP, DOWN, UP'],
		['wnu', 'UP, DOWN, DOWN'],
	])('%s: %s', (story, words) => {
		expect(
			play(story)
				.map(health => formatRoute(routeOf(health, 'ready', defaultHealth)))
				.join(', '),
		).toBe(words);
	});

	it('comes back slowly when that is wanted, but not at the start', () => {
		const slow = {...defaultHealth, slowStartMs: 10_000};
		const words = (story: string) =>
			play(story, slow)
				.map(health => formatRoute(routeOf(health, 'ready', slow)))
				.join(', ');
		expect(words('w')).toBe('UP');
		expect(words('uwws')).toBe('DOWN, DOWN 1/2, SLOW, UP');
		expect(words('wlwwu')).toBe('UP, DOWN, DOWN 1/2, SLOW, SLOW 2/3');
		expect(words('wnw')).toBe('UP, DOWN, SLOW');
		expect(words('wer')).toBe('UP, EJECTED, SLOW');
	});

	it.each([
		['ready', 'DOWN, DOWN, UP, SLOW, EJECTED, DOWN'],
		['drain', 'DOWN, DOWN, DRAIN, DRAIN, DRAIN, DOWN'],
		['maint', 'MAINT, MAINT, MAINT, MAINT, MAINT, MAINT'],
	] as const)('is shown to people who want it %s as %s', (administration, words) => {
		expect(administrations).toContain(administration);
		expect(
			healthStates
				.map(state => formatRoute(routeOf({state, progress: 0, seen: 0}, administration, defaultHealth)))
				.join(', '),
		).toBe(words);
	});

	it.each([
		['w', 500],
		['wu', 200],
		['wuw', 500],
		['wuuu', 200],
		['wl', 200],
		['uw', 200],
		[`wl${'u'.repeat(9)}`, 200],
		[`wl${'u'.repeat(10)}`, 5000],
		[`wl${'u'.repeat(10)}w`, 200],
	])('after %s the next check is due in %i ms', (story, ms) => {
		expect(untilNextCheck(play(story).at(-1)!, {...defaultHealth, downInterMs: 5000})).toBe(ms);
	});
});
