/**
 * Lines for people while something else must go on. Who stops reading (Ctrl-S, `| less`, a stalled ssh) must not stop the
 * process that supervises a lab or carries its messages, as a write to Node's own stdout would: here what is not taken is
 * kept, up to a bound, and what is beyond it is left out and counted.
 */

import {t} from '../words/words.ts';
import {openOutlet} from './outlet.ts';

export type Lines = {
	/** One line, or several joined by their ends; it has none itself. */
	print(text: string): void;
	/** Settles when all that was printed is taken, nobody is there to take it, or so much time has passed. */
	taken(patience?: {atMostMs?: number | undefined}): Promise<void>;
};

/** Characters kept for who does not read: hours of a lab that says a line a second. */
const mostKept = 1_000_000;

/** Lines into a stream of this process, in order; use nothing else on it until they are `taken`. */
export function openLines(output: NodeJS.WriteStream): Lines {
	let kept = 0;
	let leftOut = 0;
	let isGone = false;
	const waiting: (() => void)[] = [];
	const outlet = openOutlet({
		output,
		onFree: () => {
			kept = 0;
			if (leftOut > 0) {
				const words = t('{count} lines were left out here: nobody read them', {count: leftOut});
				leftOut = 0;
				print(`lbtop: ${words}`);
			}
			if (outlet.isFree()) settle();
		},
		onGone: () => {
			isGone = true;
			settle();
		},
	});
	const settle = () => {
		for (const then of waiting.splice(0)) then();
	};
	const print = (text: string) => {
		if (isGone) return;
		if (kept > mostKept) {
			leftOut += text.split('\n').length;
			return;
		}
		outlet.write(`${text}\n`);
		if (!outlet.isFree()) kept += text.length + 1;
	};
	return {
		print,
		taken: ({atMostMs} = {}) =>
			new Promise(resolve => {
				if (isGone || outlet.isFree()) return resolve();
				waiting.push(resolve);
				if (atMostMs !== undefined) setTimeout(resolve, atMostMs);
			}),
	};
}
