/** What is asked of a terminal when it is taken, and what its answers mean. */

/**
 * How many cells a box character takes, what the background is, and what it is: every terminal answers the last, so
 * that its answer tells that no other comes. The kernel's own console would print the second.
 */
export function questionsFor({TERM: term = ''}: NodeJS.ProcessEnv): string {
	return `\x1b[H\u2500\x1b[6n${term === 'linux' ? '' : '\x1b]11;?\x1b\\'}\x1b[c`;
}

type Answer =
	| {type: 'background'; ground: 'dark' | 'light'}
	/** The column of the cursor, from 1, after one box character in the first. */
	| {type: 'column'; column: number}
	| {type: 'last'};

/** The meaning of a reply; undefined: it answers none of these questions. */
export function readAnswer(reply: string): Answer | undefined {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are the subject
	const column = /^\x1b\[\??\d+;(\d+)R$/.exec(reply)?.[1];
	if (column !== undefined) return {type: 'column', column: Number(column)};
	// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are the subject
	if (/^\x1b\[\?[\d;]*c$/.test(reply)) return {type: 'last'};
	// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are the subject
	const colour = /^\x1b\]11;rgba?:([\da-f]{1,4})\/([\da-f]{1,4})\/([\da-f]{1,4})/i.exec(reply);
	if (!colour) return undefined;
	const [red, green, blue] = colour.slice(1).map(digits => Number.parseInt(digits, 16) / (16 ** digits.length - 1));
	return {type: 'background', ground: 0.299 * red! + 0.587 * green! + 0.114 * blue! > 0.5 ? 'light' : 'dark'};
}
