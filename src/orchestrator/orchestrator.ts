/**
 * Runs the parts of a run: starts them in order, each ready before the next, carries out commands by name, and ends
 * them in reverse. It knows programs, not what they do; that is why any program can take a part's place.
 */

import type {Actor, CommandResult, PartCommand, ProcessCommand, ProcessCommandType} from '../domain/command.ts';
import type {Event, StampedPartEvent} from '../domain/event.ts';
import {balancerId, type PartId} from '../domain/plan.ts';
import type {Random} from '../domain/random.ts';
import type {Administration} from '../domain/status.ts';
import {phrase} from '../words/words.ts';
import {watchForBackground} from './background.ts';
import {openFilesOf} from './open-files.ts';
import {gentleSignal, type Program} from './program.ts';
import {createReaper} from './reaper.ts';
import {createSupervisor, hasProcess, type StartResult, type Supervisor, type Unstamped} from './supervisor.ts';

export type Orchestrator = {
	/** Starts one part and settles when it is ready or could not be. */
	start(program: Program): Promise<StartResult>;
	/** Carries out a command about a part, or says why not. Settles as soon as it is under way; events tell the rest. */
	command(command: ProcessCommand, by: Actor): CommandResult;
	/** The same in two steps and without telling that it was asked: where it is the way to something else that was. */
	prepare(command: ProcessCommand): Prepared;
	/** Makes a part crash, where it runs. */
	crash(part: PartId): void;
	send(part: PartId, command: PartCommand): void;
	/** Ends every part, the last started first, each gone before the next. `now`: all at once with SIGKILL. */
	end(options: {now: boolean}): Promise<void>;
};

/** A command that can be carried out now, or why not. */
type Prepared = {ok: true; echo: string; run(by: Actor): void} | {ok: false; reason: string};

type OrchestratorSettings = {
	emit(event: Event): void;
	now(): number;
	random: Random;
	platform?: NodeJS.Platform;
};

/** How long a drained server has to answer what is on it before a restart goes on. */
const drainMs = 3000;

export function createOrchestrator(settings: OrchestratorSettings): Orchestrator {
	const {emit, now, random, platform = process.platform} = settings;
	const supervisors = new Map<PartId, Supervisor>();
	const reaper = createReaper();
	const stamp = (event: Unstamped) => emit({at: now(), ...event} as Event);
	const lookForBackground = watchForBackground(text => hasEnded || stamp({type: 'noted', text}));
	const inFlight = new Map<string, number>();
	const administrations = new Map<string, Administration>();
	const onPartEvents = (part: PartId, events: StampedPartEvent[]) => {
		for (const {at, event} of events) {
			if (event.type === 'balancer-tick')
				for (const backend of event.backends) inFlight.set(backend.name, backend.inFlight);
			if (event.type === 'servers-changed')
				for (const {name, administration} of event.servers) administrations.set(name, administration);
			emit({at, type: 'part-said', part, event});
		}
	};
	const supervise = (program: Program): Supervisor => {
		const emitHere = (event: Unstamped) => {
			stamp(event);
			if (event.type === 'exited' && !event.planned) lookForBackground(part.program, event.exit);
		};
		const part = createSupervisor(program, {emit: emitHere, onPartEvents, random, reaper});
		return part;
	};
	const counter = setInterval(async () => {
		const openFiles = await countFiles([...supervisors.values()]);
		if (!hasEnded) stamp({type: 'files-counted', openFiles});
	}, 1000).unref();
	let hasEnded = false;
	let ending: Promise<void> | undefined;
	let endingNow = false;

	const drained = async (server: string) => {
		const end = now() + drainMs;
		// Two ticks: the first may have left the balancer before it heard of the drain.
		await new Promise(resolve => setTimeout(resolve, 250));
		while ((inFlight.get(server) ?? 0) > 0 && now() < end) await new Promise(resolve => setTimeout(resolve, 50));
	};

	/** Starts a part once it has ended, unless it was to end, or was started, by another word meanwhile. */
	const startAfter = async (ended: Promise<void>, part: Supervisor, by: Actor) => {
		const {ends} = part;
		await ended;
		if (!ending && part.ends === ends && !hasProcess(part)) await part.start(by);
	};

	const restart = async (part: Supervisor, by: Actor) => {
		const server = part.program.name;
		const tell = (type: Administration) => supervisors.get(balancerId)?.send({type, server});
		const before = administrations.get(server) ?? 'ready';
		if (part.program.id.startsWith('server-') && part.status === 'READY') {
			if (before === 'ready') tell('drain');
			await drained(server);
		}
		await startAfter(part.stop(by), part, by);
		if (before === 'ready' && !ending) tell('ready');
	};

	/** Each row: what the part must be for it (undefined: fit), what one would type, and the deed. */
	const acts: Record<ProcessCommandType, Act> = {
		start: {
			unfit: part =>
				hasProcess(part) && !part.isEnding
					? phrase('{name} is running already (pid {pid})', {name: part.program.name, pid: part.pid!})
					: undefined,
			echo: lineOf,
			run: (part, by) => (part.isEnding ? startAfter(part.gone, part, by) : part.start(by)),
		},
		stop: {
			unfit: needsProcess,
			echo: ({pid, status, program}) => {
				if (pid === undefined) return `lbtop ctl stop ${program.id}`; // it waits to be started again
				const gently = `kill -${gentleSignal(program)} ${pid}`;
				return status === 'PAUSED' ? `${gently}; kill -CONT ${pid}` : gently;
			},
			run: (part, by) => part.stop(by),
			alsoInBackoff: true,
		},
		kill: {unfit: needsProcess, echo: ({pid}) => `kill -KILL ${pid}`, run: (part, by) => part.kill(by)},
		restart: {
			unfit: part =>
				part.status === 'STOPPING' ? phrase('{name} is stopping; wait for it', {name: part.program.name}) : undefined,
			echo: ({program}) => `lbtop ctl restart ${program.id}`, // no signal drains it first, nor keeps it from the backoff
			run: restart,
		},
		'kill-restart': {
			unfit: () => undefined,
			echo: ({program}) => `lbtop ctl kill-restart ${program.id}`,
			run: (part, by) => startAfter(part.kill(by), part, by),
		},
		pause: {
			unfit: part => {
				if (platform === 'win32') return phrase('pausing is n/a on Windows: it has no SIGSTOP');
				if (part.status === 'PAUSED') return phrase('{name} is paused already', {name: part.program.name});
				return needsProcess(part);
			},
			echo: ({pid}) => `kill -STOP ${pid}`,
			run: async (part, by) => part.pause(by),
		},
		resume: {
			unfit: part => (part.status === 'PAUSED' ? undefined : phrase('{name} is not paused', {name: part.program.name})),
			echo: ({pid}) => `kill -CONT ${pid}`,
			run: async (part, by) => part.resume(by),
		},
	};

	const prepare = ({type, part: id}: ProcessCommand): Prepared => {
		const part = supervisors.get(id);
		if (!part)
			return {
				ok: false,
				reason: phrase("there is no part '{part}' of ours; there are {parts}", {
					...{part: id, parts: [...supervisors.keys()].join(', ')},
				}),
			};
		const act = acts[type];
		const reason = unfitness(part, act, ending !== undefined);
		if (reason !== undefined) return {ok: false, reason};
		return {ok: true, echo: act.echo(part), run: by => void act.run(part, by)};
	};

	return {
		start: program => {
			const known = supervisors.get(program.id);
			known?.replace(program);
			const part = known ?? supervise(program);
			supervisors.set(program.id, part);
			return part.start('lbtop');
		},
		command: (command, by) => {
			const prepared = prepare(command);
			if (!prepared.ok) {
				stamp({type: 'refused', command, by, reason: prepared.reason});
				return prepared;
			}
			const {echo} = prepared;
			stamp({type: 'commanded', command, by, echo});
			prepared.run(by);
			return {ok: true, echo};
		},
		prepare,
		crash: part => supervisors.get(part)?.crash(),
		send: (part, command) => supervisors.get(part)?.send(command),
		end: ({now: atOnce}) => {
			if (atOnce && !endingNow) {
				endingNow = true;
				ending = Promise.all([...supervisors.values()].map(part => part.kill('lbtop'))).then(() => {});
			}
			ending ??= endInOrder([...supervisors.values()]);
			return ending.then(() => {
				hasEnded = true;
				clearInterval(counter);
				return reaper.close();
			});
		},
	};
}

async function countFiles(parts: Supervisor[]): Promise<Record<PartId, number | null>> {
	const running = parts.filter(hasProcess);
	const counts = await Promise.all(running.map(({pid}) => openFilesOf(pid!)));
	return Object.fromEntries(running.map(({program}, index) => [program.id, counts[index]!]));
}

type Act = {
	unfit(part: Supervisor): string | undefined;
	echo(part: Supervisor): string;
	run(part: Supervisor, by: Actor): Promise<unknown>;
	alsoInBackoff?: boolean;
};

function needsProcess(part: Supervisor): string | undefined {
	if (hasProcess(part)) return undefined;
	return phrase('{name} is not running ({status})', {name: part.program.name, status: part.status});
}

function unfitness(part: Supervisor, act: Act, isEnding: boolean): string | undefined {
	if (isEnding) return phrase('the run is ending');
	if (act.alsoInBackoff && part.status === 'BACKOFF') return undefined;
	return act.unfit(part);
}

function lineOf(part: Supervisor): string {
	const {run} = part.program;
	return run.type === 'shell' ? run.command : `lbtop ctl start ${part.program.id}`;
}

/** The last started first; servers, which drain, together, also those that were added while the run lasted. */
async function endInOrder(started: Supervisor[]) {
	const isServer = (part: Supervisor) => part.program.id.startsWith('server-');
	const first = started.findIndex(isServer);
	const isBeneath = (part: Supervisor) => !isServer(part) && started.indexOf(part) < first;
	const above = started.filter(part => !isServer(part) && !isBeneath(part));
	for (const part of above.reverse()) await part.stop('lbtop');
	await Promise.all(started.filter(isServer).map(part => part.stop('lbtop')));
	for (const part of started.filter(isBeneath).reverse()) await part.stop('lbtop');
}
