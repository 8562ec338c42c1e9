import {createRoster} from '../domain/roster.ts';
import type {Delivery} from './delivery.ts';

/** A client's messages under way, at most `depth`, found by their sequence. */
type UnderWay = {
	readonly size: number;
	add(delivery: Delivery): void;
	delete(delivery: Delivery): void;
	/** Undefined when none under way has it. */
	find(sequence: number): Delivery | undefined;
	[Symbol.iterator](): Iterator<Delivery>;
};

/** Not a `Map`, for the same reason as the roster: this one is changed for each message. */
export function createUnderWay(depth: number): UnderWay {
	const roster = createRoster<Delivery>();
	/** The youngest of each remainder: nearly always the one that is asked for. */
	const mask = 2 ** Math.ceil(Math.log2(depth) + 1) - 1;
	const young: (Delivery | undefined)[] = Array.from({length: mask + 1}, () => undefined);

	const findAmongAll = (sequence: number) => {
		for (const delivery of roster) if (delivery.sequence === sequence) return delivery;
		return undefined;
	};

	return {
		get size() {
			return roster.size;
		},
		add: delivery => {
			roster.add(delivery);
			young[delivery.sequence & mask] = delivery;
		},
		delete: delivery => void roster.delete(delivery),
		find: sequence => {
			const likely = young[sequence & mask];
			if (likely?.sequence === sequence) return likely.place === -1 ? undefined : likely;
			return findAmongAll(sequence);
		},
		[Symbol.iterator]: () => roster[Symbol.iterator](),
	};
}
