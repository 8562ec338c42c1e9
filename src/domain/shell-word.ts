/** A text as one word of a POSIX shell's command line: in quotes where it would be more than one, or something else. */
export function shellWord(text: string): string {
	return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
