/** Seeded chance: the same seed gives the same draws, so that a run can be repeated. */

/** Draws a number in [0, 1). */
export type Random = () => number;

/** The sfc32 generator (Doty-Humphrey, PractRand), its state spread from a seed by splitmix32. */
export function seededRandom(seed: number): Random {
	let state = seed | 0;
	const spread = () => {
		state = (state + 0x9e3779b9) | 0;
		let z = state ^ (state >>> 16);
		z = Math.imul(z, 0x21f0aaad);
		z ^= z >>> 15;
		z = Math.imul(z, 0x735a2d97);
		return z ^ (z >>> 15);
	};
	let a = spread();
	let b = spread();
	let c = spread();
	let counter = 1;
	return () => {
		const sum = (((a + b) | 0) + counter) | 0;
		counter = (counter + 1) | 0;
		a = b ^ (b >>> 9);
		b = (c + (c << 3)) | 0;
		c = ((c << 21) | (c >>> 11)) + sum;
		c |= 0;
		return (sum >>> 0) / 4294967296;
	};
}
