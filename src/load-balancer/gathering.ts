/** Answers of one turn to one client, gathered in bytes. The room for them is used again as soon as they are written. */

import type {Reply} from './reply.ts';

export type Gathered = {bytes: Buffer; used: number};

type Gathering = {
	begin(): Gathered;
	/** Adds a copy of the reply. */
	add(gathered: Gathered, reply: Reply): void;
	/** Its bytes are not needed any more. */
	end(gathered: Gathered): void;
};

const usualBytes = 16 * 1024;
/** So much room is kept for the next turn. */
const mostKept = 64;

export function createGathering(): Gathering {
	const kept: Buffer[] = [];
	return {
		begin: () => ({bytes: kept.pop() ?? Buffer.allocUnsafeSlow(usualBytes), used: 0}),
		add: (gathered, reply) => {
			const end = gathered.used + reply.length;
			if (end > gathered.bytes.length) {
				const larger = Buffer.allocUnsafeSlow(Math.max(gathered.bytes.length * 2, end));
				gathered.bytes.copy(larger, 0, 0, gathered.used);
				gathered.bytes = larger;
			}
			if (typeof reply === 'string') gathered.bytes.write(reply, gathered.used, 'latin1');
			else reply.copy(gathered.bytes, gathered.used);
			gathered.used = end;
		},
		end: ({bytes}) => {
			if (bytes.length === usualBytes && kept.length < mostKept) kept.push(bytes);
		},
	};
}
