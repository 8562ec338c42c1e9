/** Lines of the runtime API taken apart as HAProxy takes them: commands by `;`, words by blanks, `\` before either keeps it. */

/** The commands of a line, each as its words. */
export function readCommands(line: string): string[][] {
	const commands: string[][] = [];
	let words: string[] = [];
	let word: string | undefined;
	const endWord = () => {
		if (word !== undefined) words.push(word);
		word = undefined;
	};
	for (let at = 0; at < line.length; at++) {
		const character = line[at]!;
		if (character === '\\' && at + 1 < line.length) word = (word ?? '') + line[++at]!;
		else if (character === ' ' || character === '\t') endWord();
		else if (character === ';') {
			endWord();
			commands.push(words);
			words = [];
		} else word = (word ?? '') + character;
	}
	endWord();
	commands.push(words);
	return commands;
}

/** `backend/server` in two, or undefined. */
export function readTarget(word: string | undefined): {backend: string; server: string} | undefined {
	const slash = word?.indexOf('/') ?? -1;
	if (word === undefined || slash < 1 || slash === word.length - 1) return undefined;
	return {backend: word.slice(0, slash), server: word.slice(slash + 1)};
}

/**
 * A weight as HAProxy reads it: `N`, or `N%` of the weight the server was given first. A string is the reason, in
 * HAProxy's words.
 */
export function readWeight(text: string | undefined, initialWeight: number): number | string {
	if (text === undefined || text === '') return 'Require <weight> or <weight%>.';
	const match = /^(-?\d+)(.*)$/.exec(text);
	if (!match) return 'Empty weight string empty or preceded by garbage';
	const [, digits = '', rest = ''] = match;
	const number = Number(digits);
	if (rest === '%') {
		if (number < 0) return 'Relative weight must be positive.';
		return Math.min(256, Math.floor((initialWeight * number) / 100));
	}
	if (rest !== '') return 'Trailing garbage in weight string';
	return number < 0 || number > 256 ? 'Absolute weight can only be between 0 and 256 inclusive.' : number;
}
