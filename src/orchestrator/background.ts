/** A program that went into the background is nobody's child: it is not watched, and stays behind. That is told. */

import type {Exit} from '../domain/event.ts';
import {formatAddress} from '../domain/server-spec.ts';
import {phrase} from '../words/words.ts';
import type {Program} from './program.ts';
import {accepts} from './readiness.ts';

/** Looks at the exits of programs; tells once of each part that its program has ended well and is answered for all the same. */
export function watchForBackground(note: (text: string) => void): (program: Program, exit: Exit) => void {
	const told = new Set<string>();
	return ({id, name, ready}, exit) => {
		if (exit.code !== 0 || ready.type !== 'accepts' || told.has(id)) return;
		void accepts(ready).then(isAnswered => {
			if (!isAnswered || told.has(id)) return;
			told.add(id);
			note(
				phrase(
					'{name} has ended, yet {address} is answered: where it went into the background lbtop neither watches nor ends it; let it run in the foreground',
					{name, address: formatAddress(ready)},
				),
			);
		});
	};
}
