/**
 * The order in which a connection's lines were sent. A server that echoes IDs makes it needless with its first answer;
 * for one that does not, an answer's place is all that says which message it belongs to.
 */

/** Messages are named by their sequence numbers. */
export type Places = {
	sent(sequence: number): void;
	/** An answer bore an ID: places are kept no longer. */
	forget(): void;
	/** An answer of this connection is overdue: from now on a place says nothing, unless only one message can be meant. */
	doubt(): void;
	/** True once an answer came by its place: the connection's answers bear no IDs. */
	readonly isInUse: boolean;
	/**
	 * The message that an answer without an ID belongs to; `nobody`: none is owed; `unknown`: it cannot be told. `isLast`:
	 * nothing that comes after it can be told.
	 */
	take(): {type: 'message'; sequence: number; isLast: boolean} | {type: 'nobody'} | {type: 'unknown'};
};

export function createPlaces(): Places {
	let order: number[] | undefined = [];
	let next = 0;
	let isDoubted = false;
	let isInUse = false;
	return {
		sent: sequence => {
			order?.push(sequence);
		},
		forget: () => {
			order = undefined;
		},
		doubt: () => {
			isDoubted = true;
		},
		get isInUse() {
			return isInUse;
		},
		take: () => {
			const sequence = order?.[next];
			if (!order || sequence === undefined) return {type: 'nobody'};
			isInUse = true;
			if (isDoubted) {
				const isOnly = order.every((other, place) => place < next || other === sequence);
				return isOnly ? {type: 'message', sequence, isLast: true} : {type: 'unknown'};
			}
			if (++next === order.length) {
				order = [];
				next = 0;
			} else if (next >= longestPast) {
				order = order.slice(next);
				next = 0;
			}
			return {type: 'message', sequence, isLast: false};
		},
	};
}

/** So many places that were answered are carried along before they are let go. */
const longestPast = 4096;
