/** From an English sentence back to the text it was made of. */

/** The text, and what stood in its places. */
type Match = {text: string; values: Record<string, string>};

/** `isLed`: its first words stand fast; what follows them may be a sentence that would fit more closely by itself. */
type Shape = {text: string; names: string[]; pattern: RegExp; isLed: boolean; weight: number};

/** Finds among `texts` (as `no fault is in force on {name}`) the one a sentence was made of: the one that fits most closely. */
export function matcher(texts: readonly string[]): (sentence: string) => Match | undefined {
	const known = new Set(texts);
	let shapes: Shape[] | undefined;
	return sentence => {
		if (known.has(sentence)) return {text: sentence, values: {}};
		shapes ??= texts
			.filter(text => place.test(text))
			.map(shapeOf)
			.sort((a, b) => Number(b.isLed) - Number(a.isLed) || b.weight - a.weight);
		for (const {text, names, pattern} of shapes) {
			const found = pattern.exec(sentence);
			if (found) return {text, values: Object.fromEntries(names.map((name, index) => [name, found[index + 1]!]))};
		}
		return undefined;
	};
}

const place = /\{\w+\}/;

/** The closer the fit, the more of its letters stand fast. */
function shapeOf(text: string): Shape {
	const names: string[] = [];
	let weight = 0;
	const pattern = text
		.split(/(\{\w+\})/)
		.map(part => {
			if (!place.test(part)) {
				weight += part.length;
				return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
			}
			const name = part.slice(1, -1);
			const known = names.indexOf(name);
			if (known >= 0) return `\\${known + 1}`;
			names.push(name);
			return '(.*?)';
		})
		.join('');
	return {text, names, pattern: new RegExp(`^${pattern}$`, 's'), isLed: /^[a-z]+[ :]/i.test(text), weight};
}
