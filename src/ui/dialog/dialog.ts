import type {Act} from '../keymap/key-row.ts';

/** A question before something that hurts: what it asks, what yes leads to, and whether yes is chosen now. */
export type Dialog = {question: string; acts: Act[]; isYes: boolean};
