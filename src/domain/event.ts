/** What happened in a run, past tense. The state is made of these and of nothing else. */

import type {AlgorithmName} from './algorithm.ts';
import type {BalancedServer} from './balanced-server.ts';
import type {CheckResult} from './check.ts';
import type {Actor, Command} from './command.ts';
import type {Fault} from './fault.ts';
import type {PartId, Plan, ServerPlan} from './plan.ts';
import type {Rate} from './rate.ts';
import type {ScenarioProgress} from './scenario.ts';
import type {ProcessStatus} from './status.ts';
import type {RouteChanged, Tick} from './tick.ts';
import type {WatchedTick} from './watched.ts';

/** What a part says over its channel. `could-not-start` names what was tried, why not, and what to do. */
export type PartEvent =
	/** `transport`: how a balancer reaches TCP, `fast` or `public`; `checkBoundMs`: by when its checks find a silent server. */
	| {type: 'listening'; host: string; port: number; transport?: string; checkBoundMs?: number}
	| {type: 'started'}
	| {type: 'could-not-start'; code: string; message: string}
	| {type: 'noted'; text: string}
	| {type: 'algorithm-changed'; algorithm: AlgorithmName}
	/** It is in force, or no longer: the `id` of the command. */
	| {type: 'fault-began' | 'fault-ended'; id: number}
	| RouteChanged
	| ServersChanged
	| WatchedTick
	| Tick;

/** The balancer has other servers, or treats them otherwise: all of them as they are now. `cause` is empty where a route tells. */
type ServersChanged = {type: 'servers-changed'; servers: BalancedServer[]; cause: string};

/** A part's event with the moment it happened: monotonic milliseconds, one clock for all processes of a machine. */
export type StampedPartEvent = {at: number; event: PartEvent};

/** How far a run is: its parts start one after the other, all are ready, they end, none is left. */
export type Phase = 'starting' | 'running' | 'stopping' | 'ended';

/** `lastError`: the last line on stderr that says why; `errors`: the last lines, whatever they say. */
export type Exit = {code: number | null; signal: string | null; lastError: string; errors?: string[]};

/**
 * A fault in force. `id` is its own within the run; `part` as in the command: a wire's is the server it leads to, or
 * `clients`. `forMs`: it ends by itself after so long.
 */
export type ActiveFault = {id: number; part: PartId; fault: Fault; by: Actor; forMs?: number};

/** What ended a fault. `part-ended`: the process that had it is gone; the next one comes without. */
export type FaultEndCause = 'asked' | 'duration' | 'part-ended' | 'run-ended';

/** How a sentence is meant: what it looks like where there are colours. */
export type Tone = 'plain' | 'good' | 'warn' | 'bad';

/** A scenario's sentence to people, and how far it is. `isQuote`: the text is the scenario's own. */
export type ScenarioTold = {progress: ScenarioProgress; text: string; isQuote?: true; tone: Tone};

/** `at` is monotonic milliseconds. */
export type Event = {at: number} & (
	| {type: 'run-started'; wallMs: number; pid: number; plan: Plan; socket?: string}
	| {type: 'phase-changed'; phase: Phase}
	| {type: 'process-changed'; part: PartId; status: ProcessStatus; by: Actor; detail?: string}
	| {type: 'spawned'; part: PartId; pid: number; commandLine: string}
	| {type: 'exited'; part: PartId; exit: Exit; planned: boolean; by: Actor}
	| {type: 'backing-off'; part: PartId; delayMs: number; attempt: number}
	| {type: 'part-said'; part: PartId; event: PartEvent}
	| {type: 'commanded'; command: Command; by: Actor; echo: string}
	| {type: 'refused'; command: Command; by: Actor; reason: string}
	| {type: 'rate-changed'; rate: Rate}
	| {type: 'server-added'; part: PartId; server: ServerPlan}
	| ({type: 'fault-began'} & ActiveFault)
	/** `by`: who ended it. */
	| ({type: 'fault-ended'; cause: FaultEndCause} & ActiveFault)
	| {type: 'moved'; part: PartId; from: number; to: number}
	| {type: 'noted'; text: string}
	/** What the screen had to say to whoever sits before it: why a key did nothing, where a report is. */
	| {type: 'screen-said'; text: string}
	/** `changed`: those that are broken now and were not, or the other way round. */
	| {type: 'checks-judged'; results: CheckResult[]; changed: CheckResult[]}
	| ({type: 'scenario-told'} & ScenarioTold)
	| {type: 'second-passed'}
	| {type: 'log-read'; lines: string[]; bytes: number; skippedBytes: number}
	/** What a part wrote to its stderr; `passedOver`: lines before them that were too many to tell. */
	| {type: 'errors-read'; part: PartId; lines: string[]; passedOver: number}
	/** Open files and sockets by part; null: the system does not say. */
	| {type: 'files-counted'; openFiles: Record<PartId, number | null>}
);
