import type {CreateToxic} from '../toxic.ts';

/** Cuts what is connected. That nobody new gets through is the wire's business: `wire.ts`. */
export const down: CreateToxic<object> = () => ({cut: {afterMs: 0, how: 'reset'}});
