/** Where messages wait when every server has as many as it may have: in order, not too many, not too long. */

import type {Now} from '../domain/clock.ts';
import {createDeadlines} from './deadlines.ts';
import type {Frame} from './frame.ts';
import {createQueue} from './queue.ts';

export type WaitingLine = {
	readonly size: number;
	/** Takes a frame in; false: the line is full, and the frame is the caller's. */
	join(frame: Frame): boolean;
	/** Gives the first of them away again and again, until `give` says that it could not. */
	serve(give: (frame: Frame) => boolean): void;
	/** A client is gone: what it asked is not waited for. */
	forget(): void;
	stop(): void;
};

type WaitingLineParts = {
	/** How many may wait, and how long. */
	max: number;
	timeoutMs: number;
	now: Now;
	/** Nobody waits for this frame any more. */
	free(frame: Frame): void;
	/** This frame has waited too long; it is out of the line. */
	expire(frame: Frame): void;
	afterwards(): void;
};

export function createWaitingLine({max, timeoutMs, now, free, expire, afterwards}: WaitingLineParts): WaitingLine {
	const line = createQueue<Frame>();
	let hasLeavers = false;
	let isServing = false;

	const deadlines = createDeadlines(timeoutMs, {
		now,
		passed: frame => {
			if (!frame.isWaiting) return;
			// All wait equally long, so it is the first.
			line.shift();
			frame.isWaiting = false;
			if (isAwaited(frame)) expire(frame);
			else free(frame);
		},
		afterwards,
	});

	/** Those nobody waits for must not keep others out. */
	const dropLeavers = () => {
		hasLeavers = false;
		for (let left = line.size; left > 0; left--) {
			const frame = line.shift()!;
			if (isAwaited(frame)) line.push(frame);
			else drop(frame);
		}
	};

	const drop = (frame: Frame) => {
		frame.isWaiting = false;
		free(frame);
	};

	return {
		get size() {
			return line.size;
		},
		join: frame => {
			if (line.size >= max && hasLeavers) dropLeavers();
			if (line.size >= max) return false;
			frame.isWaiting = true;
			line.push(frame);
			deadlines.add(frame);
			return true;
		},
		serve: give => {
			if (isServing) return;
			isServing = true;
			for (let frame = line.first; frame !== undefined; frame = line.first) {
				if (!isAwaited(frame)) drop(frame);
				else {
					frame.isWaiting = false;
					frame.isWaiting = !give(frame);
					if (frame.isWaiting) break;
				}
				line.shift();
			}
			isServing = false;
		},
		forget: () => {
			hasLeavers = true;
		},
		stop: deadlines.stop,
	};
}

function isAwaited({client}: Frame): boolean {
	return client !== null && client.phase !== 'gone';
}
