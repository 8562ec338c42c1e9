/** What can be asked of a run, by a key, a script or a test alike: imperative, aimed at a part by its name. */

import {z} from 'zod';
import {type AlgorithmName, algorithmNames} from './algorithm.ts';
import {isPossible, mostPerSecond, parseRate, type WrittenRate} from './rate.ts';

const part = z.string().min(1).max(64);

/** Commands about one part's process. `kill` is SIGKILL, `stop` SIGTERM then SIGKILL after a grace time. */
const processCommands = ['start', 'stop', 'kill', 'restart', 'kill-restart', 'pause', 'resume'] as const;

const number = z.number().nonnegative();
const varyingRate = z.discriminatedUnion('type', [
	z.strictObject({type: z.literal('ramp'), from: number, to: number, overMs: number}),
	z.strictObject({type: z.literal('steps'), rates: z.array(number).min(2).max(1000), stepMs: number}),
	z.strictObject({type: z.literal('bursts'), base: number, burst: number, everyMs: number}),
]);

/** A rate as data, or as one would write it. */
const rate = z.preprocess(
	value => (typeof value === 'string' ? (parseRate(value) ?? value) : value),
	z.union([z.literal('max'), z.number().positive().max(mostPerSecond), varyingRate.refine(isPossible)]),
);

/** A command as it comes from outside (control socket), where nothing about it is known yet. */
export const commandSchema = z.discriminatedUnion('type', [
	z.strictObject({type: z.literal(processCommands), part}),
	z.strictObject({type: z.literal('rate'), rate}),
	z.strictObject({type: z.literal('algorithm'), algorithm: z.enum(algorithmNames)}),
	z.strictObject({type: z.literal('quit'), now: z.boolean()}),
]);

export type Command = z.infer<typeof commandSchema>;
export type ProcessCommandType = (typeof processCommands)[number];

/** Who asked: a person at the screen, a script at the control socket, the supervisor by its own rules, a signal. */
export type Actor = 'you' | 'ctl' | 'lbtop' | 'signal';

/** What a command came to. A refusal says why in a sentence. */
export type CommandResult = {ok: true; echo?: string} | {ok: false; reason: string};

/** What a part can be told over its channel while it runs. `drain`: nothing new to that server; `ready` undoes it. */
export type PartCommand =
	| {type: 'rate'; rate: WrittenRate}
	| {type: 'algorithm'; algorithm: AlgorithmName}
	| {type: 'drain' | 'ready'; server: string};
