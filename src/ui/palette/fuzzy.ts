/**
 * How well a few letters mean a text: they stand in it in their order. Undefined: they do not. Words that begin with a
 * letter, letters in a row and a short text count for it, as in fzf; a text that begins with all of them comes first.
 */
export function fuzzyScore(letters: string, text: string): number | undefined {
	const wanted = letters.toLowerCase().replaceAll(' ', '');
	const given = text.toLowerCase();
	if (wanted === '') return 0;
	if (given.startsWith(letters.toLowerCase())) return 1000 - given.length;
	let best: number | undefined;
	for (let at = given.indexOf(wanted[0]!); at >= 0; at = given.indexOf(wanted[0]!, at + 1)) {
		const score = scoreFrom(wanted, given, at);
		if (score !== undefined && (best === undefined || score > best)) best = score;
	}
	return best === undefined ? undefined : best - given.length / 10;
}

/** Each letter at its next place, the first at `start`. */
function scoreFrom(wanted: string, given: string, start: number): number | undefined {
	let score = 0;
	let last = start - 1;
	for (const letter of wanted) {
		const at = given.indexOf(letter, last + 1);
		if (at < 0) return undefined;
		const isWordStart = at === 0 || /[^a-z0-9]/.test(given[at - 1]!);
		score += (isWordStart ? 8 : 0) + (at === last + 1 ? 5 : 0) - Math.min(5, at - last - 1);
		last = at;
	}
	return score;
}

/** Those that the letters may mean, the best first; all of them, as they stand, for no letters. */
export function fuzzyFind<T>(letters: string, all: T[], textOf: (one: T) => string): T[] {
	return all
		.flatMap(one => {
			const score = fuzzyScore(letters, textOf(one));
			return score === undefined ? [] : [{one, score}];
		})
		.sort((a, b) => b.score - a.score)
		.map(({one}) => one);
}
