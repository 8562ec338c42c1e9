import type {CreateToxic} from '../toxic.ts';

/**
 * Nothing passes, and after `afterMs` the connection is closed; 0: never. Unlike toxiproxy's, what came meanwhile is
 * kept and not swallowed: as on a cut cable that is mended in time, nothing is lost.
 */
export const timeout: CreateToxic<{afterMs: number}> = ({afterMs}) => ({
	keepUntil: () => Number.POSITIVE_INFINITY,
	...(afterMs > 0 ? {cut: {afterMs, how: 'close'}} : {}),
});
