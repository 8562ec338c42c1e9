/** A text as one word of a POSIX shell's command line: in quotes where it would be more than one, or something else. */
export function shellWord(text: string): string {
	return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** What a word in single quotes, as {@link shellWord} writes it, says; any other text as it is. */
export function unquoted(text: string): string {
	return /^'.*'$/s.test(text) ? text.slice(1, -1).replaceAll(`'\\''`, "'") : text;
}
