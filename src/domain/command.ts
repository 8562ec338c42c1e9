/** What can be asked of a run, by a key, a script or a test alike: imperative, aimed at a part by its name. */

import {z} from 'zod';

const part = z.string().min(1).max(64);

/** Commands about one part's process. `kill` is SIGKILL, `stop` SIGTERM then SIGKILL after a grace time. */
const processCommands = ['start', 'stop', 'kill', 'restart', 'kill-restart', 'pause', 'resume'] as const;

/** A command as it comes from outside (control socket), where nothing about it is known yet. */
export const commandSchema = z.discriminatedUnion('type', [
	z.strictObject({type: z.literal(processCommands), part}),
	z.strictObject({type: z.literal('rate'), rate: z.union([z.literal('max'), z.number().positive().max(1e6)])}),
	z.strictObject({type: z.literal('quit'), now: z.boolean()}),
]);

export type Command = z.infer<typeof commandSchema>;
export type ProcessCommandType = (typeof processCommands)[number];

/** Who asked: a person at the screen, a script at the control socket, the supervisor by its own rules, a signal. */
export type Actor = 'you' | 'ctl' | 'lbtop' | 'signal';

/** What a command came to. A refusal says why in a sentence. */
export type CommandResult = {ok: true; echo?: string} | {ok: false; reason: string};

/** What a part can be told over its channel while it runs. `drain`: nothing new to that server; `ready` undoes it. */
export type PartCommand = {type: 'rate'; rate: number | 'max'} | {type: 'drain' | 'ready'; server: string};
