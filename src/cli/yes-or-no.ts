/** What a flag is told where it has a value: in the environment, and in files. In any case of letters. */

const yes = ['1', 'true', 'yes', 'on', 'y'];
const no = ['', '0', 'false', 'no', 'off', 'n'];

/** Whether a text says yes or no; undefined where it says neither. */
export function readYesOrNo(text: string): boolean | undefined {
	const word = text.toLowerCase();
	return yes.includes(word) || (no.includes(word) ? false : undefined);
}

/** The same as a schema's pattern, which knows no other way to take small and capital letters. */
export const yesOrNoPattern = `^(?:${[...yes, ...no].map(inAnyCase).join('|')})$`;

function inAnyCase(word: string): string {
	return word.replace(/[a-z]/g, letter => `[${letter.toUpperCase()}${letter}]`);
}
