import {describe, expect, it} from 'vitest';
import {formatRoute} from '../../src/domain/status.ts';
import {
	type Health,
	type Observation,
	observe,
	routeOf,
	unchecked,
	untilNextCheck,
} from '../../src/load-balancer/health.ts';
import {defaultHealth} from '../../src/load-balancer/settings.ts';

/** w: a check went well; u: it did not; b: a connection broke in use. */
const observations: Record<string, Observation> = {w: 'well', u: 'unwell', b: 'broken'};

function play(story: string): Health[] {
	let health = unchecked;
	return [...story].map(letter => {
		health = observe(health, observations[letter]!, defaultHealth);
		return health;
	});
}

describe('the health of a server (rise 2, fall 3)', () => {
	it.each([
		['w', 'UP'],
		['u', 'DOWN'],
		['b', 'DOWN'],
		['wu', 'UP, UP 2/3'],
		['wuu', 'UP, UP 2/3, UP 1/3'],
		['wuuu', 'UP, UP 2/3, UP 1/3, DOWN'],
		['wuuwu', 'UP, UP 2/3, UP 1/3, UP, UP 2/3'],
		['wb', 'UP, DOWN'],
		['wub', 'UP, UP 2/3, DOWN'],
		['uw', 'DOWN, DOWN 1/2'],
		['uww', 'DOWN, DOWN 1/2, UP'],
		['uwuw', 'DOWN, DOWN 1/2, DOWN, DOWN 1/2'],
		['uwbww', 'DOWN, DOWN 1/2, DOWN, DOWN 1/2, UP'],
		['uwwuuu', 'DOWN, DOWN 1/2, UP, UP 2/3, UP 1/3, DOWN'],
	])('%s: %s', (story, words) => {
		expect(
			play(story)
				.map(health => formatRoute(routeOf(health, 'ready', defaultHealth)))
				.join(', '),
		).toBe(words);
	});

	it('drains only what is up', () => {
		expect(play('wuuu').map(health => formatRoute(routeOf(health, 'drain', defaultHealth)))).toEqual([
			'DRAIN',
			'DRAIN 2/3',
			'DRAIN 1/3',
			'DOWN',
		]);
	});

	it.each([
		['w', 500],
		['wu', 200],
		['wuw', 500],
		['wuuu', 200],
		['wb', 200],
		['uw', 200],
		[`wb${'u'.repeat(9)}`, 200],
		[`wb${'u'.repeat(10)}`, 500],
		[`wb${'u'.repeat(10)}w`, 200],
	])('after %s the next check is due in %i ms', (story, ms) => {
		expect(untilNextCheck(play(story).at(-1)!, defaultHealth)).toBe(ms);
	});
});
