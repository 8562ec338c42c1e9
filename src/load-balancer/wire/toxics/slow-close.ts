import type {CreateToxic} from '../toxic.ts';

/** Bytes pass; only the FIN is late. */
export const slowClose: CreateToxic<{delayMs: number}> = ({delayMs}) => ({
	keepUntil: (piece, now) => (typeof piece === 'string' ? now + delayMs : now),
});
