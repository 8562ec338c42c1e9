import type {Now} from '../domain/clock.ts';
import type {Frame} from './frame.ts';

/** One and the same delay for many frames: they pass in the order in which they were added, so one timer is enough. */
export type Deadlines = {
	/** The delay begins now. A frame that is freed, or taken to another server, before it ends is forgotten. */
	add(frame: Frame): void;
	stop(): void;
};

type Entry = {frame: Frame; number: number; redeliveries: number; at: number};

/** Past entries are cut off when there are so many of them. */
const mostPast = 1024;

/** `passed` is called for each frame whose delay ends, `afterwards` once after each time that some did. */
export function createDeadlines(
	delayMs: number,
	{now, passed, afterwards}: {now: Now; passed(frame: Frame): void; afterwards(): void},
): Deadlines {
	let entries: Entry[] = [];
	let head = 0;
	let timer: NodeJS.Timeout | undefined;

	const isForgotten = ({frame, number, redeliveries}: Entry) =>
		frame.number !== number || frame.redeliveries !== redeliveries;

	const dropForgotten = () => {
		while (head < entries.length && isForgotten(entries[head]!)) head++;
		if (head < entries.length && head < mostPast) return;
		entries = entries.slice(head);
		head = 0;
	};

	const arm = () => {
		const first = entries[head];
		if (timer === undefined && first) timer = setTimeout(look, Math.max(1, first.at - now()));
	};

	const look = () => {
		timer = undefined;
		const end = now();
		for (dropForgotten(); head < entries.length && entries[head]!.at <= end; dropForgotten()) {
			passed(entries[head++]!.frame);
		}
		afterwards();
		arm();
	};

	return {
		add: frame => {
			dropForgotten();
			entries.push({frame, number: frame.number, redeliveries: frame.redeliveries, at: now() + delayMs});
			arm();
		},
		stop: () => {
			clearTimeout(timer);
			entries = [];
			head = 0;
		},
	};
}
