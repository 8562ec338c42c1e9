/** The names in ACKs, as bytes, each with a number. Bounded: the names beyond {@link mostServers} share the last number. */

import {mostServers} from './account.ts';

type ServerNames = {
	numberOf(data: Buffer, start: number, end: number): number;
	/** By number. */
	readonly all: readonly string[];
};

export function createServerNames(): ServerNames {
	const known: Buffer[] = [];
	const all: string[] = [];

	const meet = (data: Buffer, start: number, end: number) => {
		if (known.length === mostServers) return mostServers - 1;
		if (known.length === mostServers - 1) {
			known.push(Buffer.alloc(0));
			all.push('others');
			return mostServers - 1;
		}
		known.push(Buffer.from(data.subarray(start, end)));
		all.push(data.toString('utf8', start, end));
		return known.length - 1;
	};

	return {
		all,
		numberOf: (data, start, end) => {
			for (let number = 0; number < known.length; number++) {
				const name = known[number]!;
				if (name.length !== end - start) continue;
				let at = 0;
				while (at < name.length && name[at] === data[start + at]) at++;
				if (at === name.length) return number;
			}
			return meet(data, start, end);
		},
	};
}
