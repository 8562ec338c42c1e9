import type {Algorithm} from './algorithm.ts';
import {createDraw} from './draw.ts';
import {algorithmOf} from './picker.ts';

/** By chance, each server as often as it weighs (HAProxy's and nginx's `random`). Costs O(log n). */
export function random(): Algorithm {
	return algorithmOf({pick: createDraw(), explain: () => 'chance'});
}
