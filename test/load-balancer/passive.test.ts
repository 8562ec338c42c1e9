import {describe, expect, it} from 'vitest';
import {formatRoute} from '../../src/domain/status.ts';
import type {OnError} from '../../src/load-balancer/health-settings.ts';
import {wellServers} from './support/standing.ts';

/** b: a connection broke in use; a: a message was answered; w, u: a check went well, or not. */
function play(story: string, onError: OnError, errorLimit = 3) {
	const bed = wellServers(1, {passive: {observe: 'layer4', errorLimit, onError}});
	const backend = bed.server(1);
	const words = [...story].map(letter => {
		if (letter === 'b') bed.backends.observe(backend, 'broken', 'connection reset');
		if (letter === 'a') backend.answered++;
		if (letter === 'w') bed.checkWell(backend);
		if (letter === 'u') bed.failCheck(backend);
		return formatRoute(backend.route);
	});
	return {words: words.join(', '), suspected: bed.told.filter(line => line.startsWith('suspected')).length};
}

describe('errors in use', () => {
	it.each([
		['mark-down', 'bbb', 'UP, UP, DOWN', 1],
		['mark-down', 'bbabb', 'UP, UP, UP, UP, UP', 0],
		['mark-down', 'bbwb', 'UP, UP, UP, DOWN', 1],
		['fail-check', 'bbbbbb', 'UP, UP, UP 2/3, UP 2/3, UP 2/3, UP 1/3', 2],
		['fail-check', 'bbbuu', 'UP, UP, UP 2/3, UP 1/3, DOWN', 1],
		['sudden-death', 'bbbu', 'UP, UP, UP 1/3, DOWN', 1],
		['sudden-death', 'bbbw', 'UP, UP, UP 1/3, UP', 1],
		['fastinter', 'bbbbbb', 'UP, UP, UP, UP, UP, UP', 2],
	] as const)('%s after 3: %s: %s', (onError, story, words, suspected) => {
		expect(play(story, onError)).toEqual({words, suspected});
	});

	it('take a server out at the first, where nothing else is wanted', () => {
		const bed = wellServers(2);
		bed.backends.observe(bed.server(1), 'broken', 'connection reset');
		expect(bed.told).toEqual(['suspected S1', 'S1 DOWN (connection reset)']);
	});

	it('are of no account to who does not want to observe', () => {
		const bed = wellServers(1, {passive: {observe: 'none', errorLimit: 1, onError: 'mark-down'}});
		bed.backends.observe(bed.server(1), 'broken', 'connection reset');
		expect(bed.told).toEqual([]);
	});
});
