/** What a terminal reports of its mouse, in the SGR form (DECSET 1006) and in the old one of X10. */

/** `x` and `y` in cells from the top left corner, from 0. */
export type MouseReport = {action: 'press' | 'wheel-up' | 'wheel-down' | 'other'; x: number; y: number};

/** The report a text begins with, or undefined when it begins with none, or with an unfinished one. */
export function takeMouse(text: string): {report?: MouseReport; length: number} | undefined {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are the subject
	const sgr = /^\x1b\[<(\d+);(\d+);(\d+)([Mm])/.exec(text);
	if (sgr) {
		const [whole, button, column, row, final] = sgr;
		const action = final === 'M' ? actionOf(Number(button)) : 'other';
		return {report: {action, x: Number(column) - 1, y: Number(row) - 1}, length: whole.length};
	}
	// Where 1006 is unknown (GNU screen 4): three characters, each 32 more than its number. Those are no keys.
	if (!text.startsWith('\x1b[M') || text.length < 6) return undefined;
	const [button, column, row] = [...text.slice(3, 6)].map(character => character.charCodeAt(0) - 32);
	const isKnown = [column!, row!].every(place => place > 0 && place < 96);
	return isKnown ? {report: {action: actionOf(button!), x: column! - 1, y: row! - 1}, length: 6} : {length: 6};
}

/** Bits 4, 8 and 16 are Shift, Alt and Ctrl, held meanwhile. */
function actionOf(button: number): MouseReport['action'] {
	switch (button & ~28) {
		case 0:
			return 'press';
		case 64:
			return 'wheel-up';
		case 65:
			return 'wheel-down';
		default:
			return 'other';
	}
}
