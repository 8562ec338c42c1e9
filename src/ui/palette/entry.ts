import type {Saying} from '../../words/words.ts';
import type {Act, KeyContext} from '../keymap/key-row.ts';

/** What may stand behind a command's name, next: `argument` is the whole of it so far with this in it. */
export type Candidate = {argument: string; label: string; help: string};

/** One command of the palette. */
export type Entry = {
	name: string;
	/** `weight SERVER N`. */
	usage: string;
	help: Saying;
	/** False: the name says it all, or may. */
	isOpen: boolean;
	/** What the line leads to, or why it leads to nothing, in a sentence. */
	run(argument: string, context: KeyContext): Act[] | string;
	candidates(argument: string, context: KeyContext): Candidate[];
};
