import type {CreateToxic} from '../toxic.ts';

/** A reset for both sides after `afterMs`; until then all passes. Unlike toxiproxy's it also meets an idle connection. */
export const resetPeer: CreateToxic<{afterMs: number}> = ({afterMs}) => ({cut: {afterMs, how: 'reset'}});
