/** Where sessions wait when every server has as many as it may have: in order, not too many, not too long. */

import type {Now} from '../../domain/clock.ts';
import type {Session} from './session.ts';

export type WaitingLine = {
	readonly size: number;
	/** Takes a session in; false: the line is full. */
	join(session: Session): boolean;
	/** It waits no more. */
	leave(session: Session): void;
	/** Gives the first of them away again and again, until `give` says that it could not. */
	serve(give: (session: Session) => boolean): void;
	stop(): void;
};

type WaitingLineParts = {
	/** How many may wait, and how long. */
	max: number;
	timeoutMs: number;
	now: Now;
	/** This session has waited too long; it is out of the line. */
	expire(session: Session): void;
};

export function createWaitingLine({max, timeoutMs, now, expire}: WaitingLineParts): WaitingLine {
	const line = new Set<Session>();
	let timer: NodeJS.Timeout | undefined;
	let isServing = false;

	/** All wait equally long, so the first is the first to have waited too long. */
	const look = () => {
		timer = undefined;
		for (const session of line) {
			const leftMs = session.waitingSince + timeoutMs - now();
			if (leftMs > 0) {
				timer = setTimeout(look, Math.ceil(leftMs));
				return;
			}
			line.delete(session);
			expire(session);
		}
	};

	return {
		get size() {
			return line.size;
		},
		join: session => {
			if (line.size >= max) return false;
			session.waitingSince = now();
			line.add(session);
			timer ??= setTimeout(look, timeoutMs);
			return true;
		},
		leave: session => void line.delete(session),
		serve: give => {
			// Giving one away may free another place at once.
			if (isServing) return;
			isServing = true;
			for (const session of line) {
				if (!give(session)) break;
				line.delete(session);
			}
			isServing = false;
		},
		stop: () => clearTimeout(timer),
	};
}
