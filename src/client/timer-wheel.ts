/**
 * A timer for each of a fixed number of owners, at most one each, set and cleared in constant time and without garbage:
 * a hashed timing wheel (Varghese and Lauck 1987) of one-millisecond slots, its lists linked through typed arrays.
 */

type TimerWheel = {
	/** Sets the owner's timer, in place of one that runs. `at` is monotonic milliseconds. */
	set(owner: number, at: number): void;
	clear(owner: number): void;
	/** Calls for each timer whose time has come, cleared; the call may set it again. */
	sweep(at: number, onDue: (owner: number) => void): void;
	/** Timers that run. */
	readonly size: number;
};

const slots = 4096;
const mask = slots - 1;
const none = -1;

export function createTimerWheel(owners: number): TimerWheel {
	const heads = new Int32Array(slots).fill(none);
	const next = new Int32Array(owners).fill(none);
	const previous = new Int32Array(owners).fill(none);
	const slotOf = new Int32Array(owners).fill(none);
	const dueAt = new Float64Array(owners);
	let size = 0;
	/** The millisecond that the last sweep ended in: the earliest whose slot is still looked at. */
	let current = 0;

	const clear = (owner: number) => {
		const slot = slotOf[owner]!;
		if (slot === none) return;
		const before = previous[owner]!;
		const after = next[owner]!;
		if (before === none) heads[slot] = after;
		else next[before] = after;
		if (after !== none) previous[after] = before;
		slotOf[owner] = none;
		size--;
	};

	const set = (owner: number, at: number) => {
		clear(owner);
		const slot = Math.max(current, Math.floor(at)) & mask;
		const head = heads[slot]!;
		next[owner] = head;
		previous[owner] = none;
		if (head !== none) previous[head] = owner;
		heads[slot] = owner;
		slotOf[owner] = slot;
		dueAt[owner] = at;
		size++;
	};

	const sweep = (at: number, onDue: (owner: number) => void) => {
		const end = Math.floor(at);
		const start = Math.max(current, end - slots + 1);
		current = Math.max(current, end);
		if (size === 0) return;
		const due: number[] = [];
		for (let tick = start; tick <= end; tick++) {
			for (let owner = heads[tick & mask]!; owner !== none; owner = next[owner]!) {
				if (dueAt[owner]! <= at) due.push(owner);
			}
		}
		for (const owner of due) {
			// What was done for an earlier one may have cleared this one's timer, or set it to a later time.
			if (slotOf[owner] === none || dueAt[owner]! > at) continue;
			clear(owner);
			onDue(owner);
		}
	};

	return {
		set,
		clear,
		sweep,
		get size() {
			return size;
		},
	};
}
