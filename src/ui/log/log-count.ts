import type {LogPlace} from '../../domain/log-reading.ts';
import {failed, isStuck, type LogHands} from './log-hands.ts';
import type {LogView} from './log-view.ts';

/** A log that grows is counted on no more often. */
const againMs = 500;

/** Counts in the background how many lines have what is searched for, and counts on as the log grows. */
export function createLogCount(hands: LogHands): {look(): void; close(): void} {
	const {desk, view, later, frame} = hands;
	let counting: {term: unknown; filters: LogView['filters']; cancel(): void; isDone: boolean} | undefined;
	let counted: {hits: number; reached: LogPlace | 'begin'; bytes: number; at: number};

	const stop = () => {
		counting?.cancel();
		counting = undefined;
	};
	const count = () => {
		const {search, filters} = view();
		const {term} = search!;
		const before = counted;
		const bytes = bytesOf(frame().live.log);
		const tell = (hits: number, isWhole: boolean) => {
			const current = view().search;
			if (current?.term === term) later({type: 'log-search', search: {term, count: {hits, isWhole}}});
		};
		const isFirst = before.reached === 'begin';
		const asking = desk.ask({type: 'count', from: before.reached, filters, search: term}, ({hits = 0}) =>
			tell(before.hits + hits, !isFirst),
		);
		const mine = {term, filters, cancel: asking.cancel, isDone: false};
		counting = mine;
		// That the log cannot be read is said by whoever shows it.
		const ended = asking.answer.catch(error => (isStuck(error) ? failed(hands)(error) : undefined));
		void ended.then(answer => {
			if (counting !== mine) return;
			mine.isDone = true;
			counted = {...before, bytes, at: performance.now()};
			if (!answer) return;
			counted = {...counted, hits: before.hits + answer.hits, reached: answer.reached};
			tell(counted.hits, true);
		});
	};
	return {
		look: () => {
			const {search, filters} = view();
			if (!search) return stop();
			if (counting?.term !== search.term || counting.filters !== filters) {
				stop();
				counted = {hits: 0, reached: 'begin', bytes: 0, at: 0};
				return count();
			}
			const hasGrown = bytesOf(frame().live.log) !== counted.bytes && performance.now() - counted.at > againMs;
			if (counting.isDone && hasGrown) count();
		},
		close: stop,
	};
}

function bytesOf({bytes, skippedBytes}: {bytes: number; skippedBytes: number}): number {
	return bytes + skippedBytes;
}
