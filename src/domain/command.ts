/** What can be asked of a run, by a key, a script or a test alike: imperative, aimed at a part by its name. */

import {z} from 'zod';
import {phrase} from '../words/words.ts';
import {type AlgorithmName, algorithmNames} from './algorithm.ts';
import {type BalancedServer, maxWeight, mostMaxconn, serverNamePattern} from './balanced-server.ts';
import {type Fault, readFault} from './fault.ts';
import {isPossible, mostPerSecond, parseRate, type WrittenRate} from './rate.ts';
import {administrations} from './status.ts';

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

const host = z.string().regex(/^[^\s,=[\]]{1,253}$/, phrase('is no host'));
const port = z.int().min(1).max(65_535);
const weight = z.int().min(0).max(maxWeight);

/** Commands about a server as the balancer sees it: its part of the work, where it is, whether it is there at all. */
const serverCommands = [
	z.strictObject({type: z.literal(administrations), part}),
	z.strictObject({type: z.literal('weight'), part, weight}),
	z.strictObject({type: z.literal('address'), part, host, port}),
	z.strictObject({type: z.literal('remove-server'), part}),
	// One more: with a port it runs elsewhere, with a command that is run, with neither it is one of our own.
	z.strictObject({
		type: z.literal('add-server'),
		name: z.string().regex(serverNamePattern, phrase('is no name')).optional(),
		weight: weight.optional(),
		maxconn: z.int().min(1).max(mostMaxconn).optional(),
		host: host.optional(),
		port: port.optional(),
		command: z.string().min(1).max(4096).optional(),
	}),
] as const;

/** A fault as data, or as one would write it. */
const fault = z.unknown().transform((given, context): Fault => {
	const read = readFault(given);
	if (read.kind !== undefined) return read;
	context.addIssue({code: 'custom', message: read.reason});
	return z.NEVER;
});

/** The longest that a fault may be told to last: a day, in milliseconds. */
export const longestFaultMs = 86_400_000;

/** A command as it comes from outside (control socket), where nothing about it is known yet. */
export const commandSchema = z.discriminatedUnion('type', [
	z.strictObject({type: z.literal(processCommands), part}),
	...serverCommands,
	z.strictObject({type: z.literal('rate'), rate}),
	z.strictObject({type: z.literal('algorithm'), algorithm: z.enum(algorithmNames)}),
	/** Wire faults too are aimed at a part: a server's wire to the balancer, or the balancer's to its clients (`clients`). */
	z.strictObject({type: z.literal('fault'), part, fault, forMs: z.number().positive().max(longestFaultMs).optional()}),
	/** Ends the faults of a part, or all of them. */
	z.strictObject({type: z.literal('undo'), part: part.optional()}),
	z.strictObject({type: z.literal('quit'), now: z.boolean()}),
]);

/** Whatever can be asked of a run. */
export type Command = z.infer<typeof commandSchema>;
export type ProcessCommandType = (typeof processCommands)[number];
/** What is asked of a process; the orchestrator carries it out. */
export type ProcessCommand = Extract<Command, {type: ProcessCommandType}>;
/** What is asked about a server as the balancer has it. */
export type ServerCommand = z.infer<(typeof serverCommands)[number]>;
/** What breaks a part on purpose, or mends it. */
export type FaultCommand = Extract<Command, {type: 'fault' | 'undo'}>;

/** Who asked: a person at the screen, a script at the control socket, a scenario's step, the supervisor by its own rules, a signal. */
export type Actor = 'you' | 'ctl' | 'scenario' | 'lbtop' | 'signal';

/** What a command came to. A refusal says why in a sentence. */
export type CommandResult = {ok: true; echo?: string} | {ok: false; reason: string};

/**
 * What a part can be told over its channel while it runs. To the balancer, servers go by their names; `become`: these
 * are the servers from now on.
 * `fault`, and `end-fault` by the same id, are answered by `fault-began` and `fault-ended`; `server`: to whom the wire
 * leads, absent for the clients' wire.
 */
export type PartCommand =
	| {type: 'rate'; rate: WrittenRate}
	| {type: 'algorithm'; algorithm: AlgorithmName}
	| {type: BalancedServer['administration']; server: string}
	| {type: 'weight'; server: string; weight: number}
	| {type: 'address'; server: string; host: string; port: number}
	| {type: 'add-server'; server: Omit<BalancedServer, 'administration'>}
	| {type: 'remove-server'; server: string}
	| {type: 'become'; servers: BalancedServer[]}
	| {type: 'fault'; id: number; fault: Fault; server?: string}
	| {type: 'end-fault'; id: number};
