import {type Algorithm, isOpen} from './algorithm.ts';
import {placeAt, sumsOfWeights} from './draw.ts';
import {crc32, mix} from './hash.ts';
import {perArray} from './memory.ts';
import {algorithmOf, nobody} from './picker.ts';
import {nameOf} from './scores.ts';

/**
 * The client's address chooses (HAProxy's `balance source` with `hash-type map-based`): its hash over all weights, so that
 * a client stays with its server as long as the servers are the same; when one comes or goes nearly all clients move. A
 * closed server's clients go to the next open one in order.
 */
export function sourceHash(): Algorithm {
	const sumsOf = perArray(sumsOfWeights);
	const homeOf = (sums: Float64Array, address: string) => placeAt(sums, mix(crc32(address)) / 2 ** 32);
	return algorithmOf({
		pick: (candidates, question) => {
			const home = homeOf(sumsOf(candidates), question.address());
			for (let step = 0; step < candidates.length; step++) {
				const place = (home + step) % candidates.length;
				if (isOpen(candidates[place]!, question)) return place;
			}
			return nobody;
		},
		explain: (candidates, {address}) =>
			`address=${address()} home=${nameOf(candidates[homeOf(sumsOf(candidates), address())]!)}`,
	});
}
