import type {Clock} from '../clock.ts';
import type {Cut, Piece, Toxic} from './toxic.ts';

/** One toxic at work on one connection in one direction: what it keeps, in order, and the timer for it. */
export type Stage = {
	take(piece: Piece): void;
	/** Passes all it keeps at once: it is being removed. */
	release(): void;
	/** Nothing passes any more, and what it keeps is forgotten. */
	stop(): void;
};

type StageParts = {clock: Clock; pass(piece: Piece): void; cut(how: Cut): void};

export function createStage(toxic: Toxic, {clock, pass, cut}: StageParts): Stage {
	let kept: {piece: Piece; until: number}[] = [];
	let head = 0;
	/** When bytes may pass again. */
	let nextAt = Number.NEGATIVE_INFINITY;
	/** What passes may bring more to take before it returns: that waits for its turn. */
	let isPassing = false;
	let phase: 'working' | 'releasing' | 'stopped' = 'working';
	let wake: (() => void) | undefined;

	const cancelCut = toxic.cut && clock.after(toxic.cut.afterMs, () => cut(toxic.cut!.how));

	const passAll = () => {
		if (isPassing) return;
		isPassing = true;
		wake?.();
		wake = undefined;
		while (phase !== 'stopped' && head < kept.length && passHead());
		forgetPassed();
		isPassing = false;
	};

	/** False when its time has not come. */
	const passHead = (): boolean => {
		const {piece, until} = kept[head]!;
		const now = clock.now();
		if (phase === 'releasing' || (typeof piece === 'string' && until <= now)) return passWhole(piece);
		const at = typeof piece === 'string' ? until : Math.max(until, nextAt);
		if (at > now) return waitFor(at, now);
		if (!toxic.allow) return passWhole(piece);
		return passPart(piece as Buffer, now, until);
	};

	const passWhole = (piece: Piece): boolean => {
		head++;
		pass(piece);
		return true;
	};

	const passPart = (bytes: Buffer, now: number, since: number): boolean => {
		const allowance = toxic.allow!(bytes.length, now, since);
		if (allowance.bytes >= bytes.length) head++;
		else kept[head]!.piece = bytes.subarray(allowance.bytes);
		if (allowance.bytes > 0) pass(bytes.subarray(0, allowance.bytes));
		if (allowance.next === 'close') {
			if (phase !== 'stopped') cut('close');
			return false;
		}
		nextAt = allowance.next;
		return true;
	};

	const waitFor = (at: number, now: number): boolean => {
		// A timer may be early by a part of a millisecond: then it is set again.
		if (at < Number.POSITIVE_INFINITY) wake = clock.after(Math.max(1, at - now), passAll);
		return false;
	};

	const forgetPassed = () => {
		if (head < kept.length && head < 1024) return;
		kept = kept.slice(head);
		head = 0;
	};

	return {
		take: piece => {
			if (phase === 'stopped') return;
			kept.push({piece, until: toxic.keepUntil?.(piece, clock.now()) ?? 0});
			passAll();
		},
		release: () => {
			if (phase === 'stopped') return;
			phase = 'releasing';
			cancelCut?.();
			passAll();
			wake?.();
		},
		stop: () => {
			phase = 'stopped';
			cancelCut?.();
			wake?.();
			kept = [];
			head = 0;
		},
	};
}
