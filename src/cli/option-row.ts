/** A row of a table of options: what one is called, what its value may be, and what is said of it. */

import type {Saying} from '../words/words.ts';

/** A part of a JSON Schema. */
export type Schema = Readonly<Record<string, unknown>>;

/** What a value may be. */
export type Kind<T> = {
	/** Gets one text and gives the value, or throws with what is wrong with it. */
	parse: (text: string) => T;
	/** The same for programs: what one value of `lbtop.yaml` may be. It takes all that `parse` takes, and little else. */
	schema: Schema;
	/** What it is, in a sentence for who has written something else. */
	demand?: Saying;
	/** What one might write in `lbtop.yaml`. */
	example?: unknown;
};

/** One option. */
export type OptionRow<T> = Kind<T> & {
	/** As commander writes them: `--rate <R>`. A flag without an argument is a boolean. */
	flags: string;
	help: Saying;
	/** The default as the user would write it; absent: undefined. */
	fallback?: string;
	many?: boolean;
	/** What a value of the file that is no plain one means, as one would write it on the command line. */
	textOf?: (value: unknown) => string;
	/** Not settable by environment or file (`--help`, `--config`). */
	hidden?: boolean;
};

/** A table of options by their keys. */
export type Rows = Record<string, OptionRow<unknown>>;

/** What was given for each option, by its key, word for word. */
export type Texts = Record<string, string[]>;
