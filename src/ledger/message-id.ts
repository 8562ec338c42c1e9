/** The IDs that our clients give: `cN-SEQ`, client N's SEQth message, both from 1 to below 2^32 and without leading zeros. */

type MessageId = {client: number; sequence: number};

/** Reads the ID in [from, to) into `id`; false: it is another's. */
export function readMessageId(data: Buffer, from: number, to: number, id: MessageId): boolean {
	if (data[from] !== 99) return false;
	const hyphen = readNumber(data, from + 1, to);
	if (hyphen < 0 || data[hyphen] !== 45) return false;
	id.client = number;
	if (readNumber(data, hyphen + 1, to) !== to) return false;
	id.sequence = number;
	return true;
}

let number = 0;

/** Puts the number at `from` into `number` and gives where it ends; -1: there is none. */
function readNumber(data: Buffer, from: number, to: number): number {
	let at = from;
	let value = 0;
	for (; at < to; at++) {
		const digit = data[at]! - 48;
		if (digit < 0 || digit > 9) break;
		value = value * 10 + digit;
	}
	number = value;
	return at === from || at - from > 10 || data[from] === 48 || value >= 2 ** 32 ? -1 : at;
}
