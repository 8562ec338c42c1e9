/** What goes over a lab's control socket: one JSON object a line, one answer to each. */

import {z} from 'zod';
import {commandSchema} from '../domain/command.ts';
import type {Summary} from '../report/summary.ts';

export const controlRequestSchema = z.discriminatedUnion('type', [
	z.strictObject({type: z.literal('status')}),
	z.strictObject({type: z.literal('faults')}),
	z.strictObject({type: z.literal('why'), id: z.string().min(1).max(64)}),
	commandSchema,
]);
export type ControlRequest = z.infer<typeof controlRequestSchema>;

export type ControlAnswer = {ok: true; echo?: string; status?: Summary; lines?: string[]} | {ok: false; reason: string};

/** The longest line either side accepts. */
export const maxControlLine = 1 << 20;
