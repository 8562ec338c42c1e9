import type {CreateToxic} from '../toxic.ts';

/** A long piece passes in slices of so much time. */
const sliceMs = 10;

/** So that a slice whose time has come is not a byte short. */
const rounding = 1e-6;

/**
 * No more than `kilobytesPerSecond` thousand bytes a second. Each byte has its moment from when it came, so late timers
 * do not add up.
 */
export const bandwidth: CreateToxic<{kilobytesPerSecond: number}> = ({kilobytesPerSecond: bytesPerMs}) => {
	const slice = Math.max(1, Math.floor(bytesPerMs * sliceMs));
	let busyUntil = Number.NEGATIVE_INFINITY;
	/** Of the piece that is passing. */
	let passed = 0;
	return {
		keepUntil: (piece, now) => {
			const since = Math.max(busyUntil, now);
			busyUntil = since + (typeof piece === 'string' ? 0 : piece.length / bytesPerMs);
			return since;
		},
		allow: (length, now, since) => {
			const ready = Math.min(length, Math.floor((now - since) * bytesPerMs + rounding) - passed);
			if (ready < Math.min(length, slice))
				return {bytes: 0, next: since + (passed + Math.min(length, slice)) / bytesPerMs};
			passed = ready < length ? passed + ready : 0;
			return {bytes: ready, next: now};
		},
	};
};
