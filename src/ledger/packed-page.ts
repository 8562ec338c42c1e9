/** A page that is done with, in few bytes: most of what it holds can be told from the rest. */

import {deflateRawSync, inflateRawSync} from 'node:zlib';
import {type Page, pageWords, rareWords} from './page.ts';

/** Small tables: a page is small, and they are made anew for each. */
const settings = {windowBits: 12, memLevel: 5, chunkSize: 4096};

/**
 * Each common set is written down as what sets it apart from the one before: who executed a message is nearly always who
 * ACKed it, and with two servers who ACKed is who the other did not.
 */
export function pack({common, rare}: Page): Uint8Array {
	const words = new Uint32Array(common.length + rareWords);
	words.set(common);
	for (let at = common.length - 1; at >= pageWords; at--) words[at]! ^= common[at - pageWords]!;
	if (rare) words.set(rare, common.length);
	return deflateRawSync(new Uint8Array(words.buffer), settings);
}

/** The page as it was. */
export function unpack(packed: Uint8Array): Pick<Page, 'common' | 'rare'> {
	const words = new Uint32Array(new Uint8Array(inflateRawSync(packed, settings)).buffer);
	const common = words.slice(0, -rareWords);
	for (let at = pageWords; at < common.length; at++) common[at]! ^= common[at - pageWords]!;
	const rare = words.slice(-rareWords);
	return {common, rare: rare.some(word => word !== 0) ? rare : undefined};
}
