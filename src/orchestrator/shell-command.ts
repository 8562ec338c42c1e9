/** A user's command as the shell gets it. */

/** What ends a command, or joins it with another: then the shell is needed to the end. */
const joins = /[;&|<>()`\n]/;

/** A program's name or path, as the first word; no assignment, no quotes. */
const programWord = /^\s*([\w./+-]+)(?=\s|$)/;

/** Words that only the shell understands. */
const shellWords = new Set(
	'. : alias break case cd command continue eval exec exit export for getopts hash if local read readonly return set shift time times trap type ulimit umask unset until wait while'.split(
		' ',
	),
);

/**
 * The command, with its program in the shell's own place where it is one program and nothing else: then the process that is
 * signalled, measured and waited for is the program, and its exit code is not the shell's.
 */
export function shellCommand(command: string): string {
	const word = programWord.exec(command)?.[1];
	return word === undefined || shellWords.has(word) || joins.test(command) ? command : `exec ${command}`;
}
