/** Executions on their way into a shared store: those of one turn together, one batch after the other. */

import type {ExecutedIds} from './executed-ids.ts';

type Commits<T extends {id: string}> = {add(item: T): void; readonly waiting: number};

/** `executedBefore`: the server that had executed it already, or ''. `failed`: the store could not tell, in a sentence. */
type CommitEvents<T> = {committed(item: T, executedBefore: string): void; failed(item: T, why: string): void};

/** Calls one of the events for each item, in their order. */
export function createCommits<T extends {id: string}>(store: ExecutedIds, events: CommitEvents<T>): Commits<T> {
	let gathered: T[] = [];
	let underWay = 0;
	let isScheduled = false;

	const schedule = () => {
		if (isScheduled || underWay > 0 || gathered.length === 0) return;
		isScheduled = true;
		setImmediate(() => void commit());
	};

	const commit = async () => {
		isScheduled = false;
		const batch = gathered;
		gathered = [];
		underWay = batch.length;
		const outcome = await store.record(batch.map(({id}) => id)).catch((error: Error) => error);
		underWay = 0;
		for (const [index, item] of batch.entries()) {
			if (outcome instanceof Error) events.failed(item, outcome.message);
			else events.committed(item, outcome[index]!);
		}
		schedule();
	};

	return {
		add: item => {
			gathered.push(item);
			schedule();
		},
		get waiting() {
			return gathered.length + underWay;
		},
	};
}
