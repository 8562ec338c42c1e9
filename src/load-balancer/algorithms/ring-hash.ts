import type {Candidate} from './algorithm.ts';
import {crc32, crc32Bytes} from './hash.ts';
import type {HashTable} from './hash-table.ts';

/** Points on the ring for each unit of weight. */
const pointsPerWeight = 160;

/** More points than this are not made: beyond, every server gets fewer, in proportion. */
const mostPoints = 4_000_000;

/**
 * The ketama ring as nginx's `hash … consistent` has it, so that the same keys find the same servers (HOST:PORT): 160 points
 * for each unit of weight on a circle of 2^32, a point being the CRC-32 of host, a zero byte, port and the point before
 * (`ngx_stream_upstream_init_chash`). A key belongs to the first point at its own CRC-32 or after it. When a server goes
 * only its keys move. A key costs O(log points), building the ring O(points · log points).
 */
export function ring(candidates: readonly Candidate[]): HashTable {
	const total = candidates.reduce((sum, {weight}) => sum + weight * pointsPerWeight, 0);
	const scale = Math.min(1, mostPoints / total) * pointsPerWeight;
	const counts = candidates.map(({weight}) => Math.max(1, Math.round(weight * scale)));
	// A point and its owner as one number: sorted by point, and of equal points by place, as nginx keeps the first.
	const points = new Float64Array(counts.reduce((sum, count) => sum + count, 0));
	let filled = 0;
	for (const [place, {host, port}] of candidates.entries()) {
		const base = crc32(`${host}\0${port}`);
		let point = 0;
		for (let made = 0; made < counts[place]!; made++) {
			point = crc32Bytes([point & 255, (point >>> 8) & 255, (point >>> 16) & 255, point >>> 24], base);
			points[filled++] = point * places + place;
		}
	}
	points.sort();
	const hashes = new Uint32Array(points.length);
	const owners = new Uint32Array(points.length);
	let size = 0;
	for (const point of points) {
		const hash = Math.floor(point / places);
		if (size > 0 && hashes[size - 1] === hash) continue;
		hashes[size] = hash;
		owners[size++] = point % places;
	}
	const sorted = hashes.subarray(0, size);
	return {owners: owners.subarray(0, size), size: candidates.length, home: key => firstFrom(sorted, crc32(key))};
}

/** More than there can be candidates; a hash of 32 bits times this is still a whole number in a double. */
const places = 2 ** 20;

/** The index of the first point at this hash or after it; past the last it is the first of all. */
function firstFrom(hashes: Uint32Array, hash: number): number {
	let low = 0;
	let high = hashes.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (hashes[middle]! < hash) low = middle + 1;
		else high = middle;
	}
	return low === hashes.length ? 0 : low;
}
