import type {Command} from '../../domain/command.ts';

/** A question before something that hurts: what it asks, what yes leads to, and whether yes is chosen now. */
export type Dialog = {question: string; commands: Command[]; isYes: boolean};
