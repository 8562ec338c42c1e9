/** What goes over a lab's control socket: one JSON object a line, one answer to each. */

import {z} from 'zod';
import {commandSchema} from '../domain/command.ts';
import type {Summary} from '../report/summary.ts';

/** What a lab is asked, as it comes from outside: a question that changes nothing, or a command. */
export const controlRequestSchema = z.discriminatedUnion('type', [
	z.strictObject({type: z.literal('status')}),
	z.strictObject({type: z.literal('faults')}),
	z.strictObject({type: z.literal('why'), id: z.string().min(1).max(64)}),
	commandSchema,
]);
export type ControlRequest = z.infer<typeof controlRequestSchema>;

/** What comes of it. `echo`: the command as one would type it; `lines`: an answer in sentences. */
export type ControlAnswer = {ok: true; echo?: string; status?: Summary; lines?: string[]} | {ok: false; reason: string};

/** The longest line either side accepts. */
export const maxControlLine = 1 << 20;
