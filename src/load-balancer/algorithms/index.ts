import type {Algorithm} from './algorithm.ts';
import {roundRobin} from './round-robin.ts';

/** Every algorithm there is, by the name users give it. Each call makes a fresh one with its own memory. */
export const algorithms: Record<string, () => Algorithm> = {
	'round-robin': roundRobin,
};
