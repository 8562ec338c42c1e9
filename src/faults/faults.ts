/**
 * Which faults are in force in a run: begun when asked, ended when asked, when their time is over, when the process that
 * had them is gone, and all of them when the run ends.
 */

import type {Actor, CommandResult, FaultCommand} from '../domain/command.ts';
import type {ActiveFault, Event, FaultEndCause} from '../domain/event.ts';
import {faultTable, formatFault} from '../domain/fault.ts';
import {balancerId, clientsId, type PartId} from '../domain/plan.ts';
import type {ProcessStatus} from '../domain/status.ts';
import type {Orchestrator} from '../orchestrator/orchestrator.ts';
import {partOf, type State} from '../state/state.ts';
import {phrase} from '../words/words.ts';
import {actOf} from './process-acts.ts';
import {unfitness} from './unfitness.ts';

type Faults = {
	send(command: FaultCommand, by: Actor): CommandResult;
	/** Hears each event of the run, after all others have. */
	hear(event: Event): void;
};

type FaultsTools = {
	state(): State;
	now(): number;
	emit(event: Event): void;
	orchestrator: Pick<Orchestrator, 'prepare' | 'crash' | 'send'>;
};

/** More at once than anyone can follow; it bounds what a script can pile up. */
const mostFaults = 64;

/** A fault from the moment it was asked for. `begun`: it is in force; `ending`: its end is under way. */
type Entry = ActiveFault & {
	begun?: true;
	ending?: {by: Actor; cause: FaultEndCause};
	overTimer?: NodeJS.Timeout;
	crashTimer?: NodeJS.Timeout;
};

export function createFaults({state, now, emit, orchestrator}: FaultsTools): Faults {
	const entries = new Map<number, Entry>();
	let lastId = 0;

	const refuse = (command: FaultCommand, by: Actor, reason: string): CommandResult => {
		emit({at: now(), type: 'refused', command, by, reason});
		return {ok: false, reason};
	};

	const begin = (command: Extract<FaultCommand, {type: 'fault'}>, by: Actor): CommandResult => {
		const {part, fault, forMs} = command;
		const reason = unfitness(state(), part, fault) ?? (entries.size >= mostFaults ? tooMany : undefined);
		if (reason !== undefined) return refuse(command, by, reason);
		const act = actOf(fault);
		const prepared = act?.begin && orchestrator.prepare({type: act.begin, part});
		if (prepared?.ok === false) return refuse(command, by, prepared.reason);
		const entry: Entry = {id: ++lastId, part, fault, by, ...(forMs === undefined ? {} : {forMs})};
		entries.set(entry.id, entry);
		const echo = `lbtop ctl fault ${part} ${formatFault(fault)}${forMs === undefined ? '' : ` --for ${forMs}ms`}`;
		emit({at: now(), type: 'commanded', command, by, echo});
		if (!act) {
			orchestrator.send(holderOf(entry), {type: 'fault', id: entry.id, fault, ...wireOf(state(), entry)});
			return {ok: true, echo};
		}
		began(entry, now());
		prepared?.run(by);
		if (act.crashes === 'at-start') orchestrator.crash(part);
		if (act.crashes === 'when-ready' && statusOf(state(), part) === 'READY') crashSoon(entry);
		return {ok: true, echo};
	};

	const began = (entry: Entry, at: number) => {
		entry.begun = true;
		emit({at, type: 'fault-began', ...active(entry)});
		if (entry.forMs !== undefined)
			entry.overTimer = setTimeout(() => end(entry, {by: 'lbtop', cause: 'duration'}), entry.forMs);
	};

	/** Sets going what ends a fault; it has ended when an event says so. */
	const end = (entry: Entry, how: NonNullable<Entry['ending']>) => {
		if (entry.ending) return;
		clearTimeout(entry.overTimer);
		clearTimeout(entry.crashTimer);
		entry.ending = how;
		const act = actOf(entry.fault);
		if (!act) return orchestrator.send(holderOf(entry), {type: 'end-fault', id: entry.id});
		const isAsFaulty = act.undoneFrom.includes(statusOf(state(), entry.part)!);
		const prepared = isAsFaulty ? orchestrator.prepare({type: act.undo, part: entry.part}) : undefined;
		if (prepared?.ok) prepared.run(how.by);
		// Nothing to restore, or nothing that an event will tell of.
		ended(entry, now(), how);
	};

	const ended = (entry: Entry, at: number, {by, cause}: NonNullable<Entry['ending']>) => {
		clearTimeout(entry.overTimer);
		clearTimeout(entry.crashTimer);
		if (!entries.delete(entry.id) || !entry.begun) return;
		emit({at, type: 'fault-ended', ...active(entry), by, cause});
	};

	const crashSoon = (entry: Entry) => {
		const {fault, part} = entry;
		if (fault.kind !== 'restart-loop') return;
		clearTimeout(entry.crashTimer);
		entry.crashTimer = setTimeout(() => orchestrator.crash(part), fault.parameters.afterMs);
	};

	const undo = (command: Extract<FaultCommand, {type: 'undo'}>, by: Actor): CommandResult => {
		const {part} = command;
		const ours = [...entries.values()].filter(entry => part === undefined || entry.part === part).reverse();
		if (ours.length === 0) return refuse(command, by, nothingOn(part));
		const echo = `lbtop ctl undo${part === undefined ? '' : ` ${part}`}`;
		emit({at: now(), type: 'commanded', command, by, echo});
		for (const entry of ours) end(entry, {by, cause: 'asked'});
		return {ok: true, echo};
	};

	const hearProcess = (entry: Entry, {at, status, by}: Extract<Event, {type: 'process-changed'}>) => {
		const act = actOf(entry.fault);
		if (!act) return;
		const cause = act.endsAt[status];
		if (cause !== undefined) return ended(entry, at, entry.ending ?? {by, cause});
		if (entry.begun && act.crashes === 'when-ready' && status === 'READY') crashSoon(entry);
	};

	const hearPart = (part: PartId, at: number, event: {type: string; id: number}) => {
		const entry = entries.get(event.id);
		if (!entry || holderOf(entry) !== part) return;
		if (event.type === 'fault-ended') return ended(entry, at, entry.ending ?? {by: 'lbtop', cause: 'part-ended'});
		if (!entry.begun && !entry.ending) began(entry, at);
	};

	const hear = (event: Event) => {
		switch (event.type) {
			case 'part-said':
				if (event.event.type === 'fault-began' || event.event.type === 'fault-ended')
					hearPart(event.part, event.at, event.event);
				return;
			case 'process-changed':
				for (const entry of [...entries.values()]) if (entry.part === event.part) hearProcess(entry, event);
				return;
			case 'spawned':
				for (const {part, fault} of entries.values())
					if (part === event.part && fault.kind === 'exit-at-start') orchestrator.crash(part);
				return;
			case 'exited':
				for (const entry of [...entries.values()])
					if (!actOf(entry.fault) && holderOf(entry) === event.part)
						ended(entry, event.at, entry.ending ?? {by: event.by, cause: 'part-ended'});
				return;
			case 'phase-changed':
				if (event.phase === 'stopping') for (const entry of [...entries.values()].reverse()) endWithRun(entry);
				return;
			default:
				return;
		}
	};

	/** What hinders the parts from finishing is taken away; what is down stays down. */
	const endWithRun = (entry: Entry) => {
		if (actOf(entry.fault)?.outlives) ended(entry, now(), {by: 'lbtop', cause: 'run-ended'});
		else end(entry, {by: 'lbtop', cause: 'run-ended'});
	};

	return {send: (command, by) => (command.type === 'fault' ? begin(command, by) : undo(command, by)), hear};
}

const tooMany = phrase('{number} faults are in force already; undo some', {number: mostFaults});

function nothingOn(part: PartId | undefined): string {
	return part === undefined ? phrase('no fault is in force') : phrase('no fault is in force on {name}', {name: part});
}

/** The part that is told to have the fault: a wire's is the balancer. */
function holderOf({part, fault}: Pick<Entry, 'part' | 'fault'>): PartId {
	return faultTable[fault.kind].target === 'wire' ? balancerId : part;
}

function wireOf(state: State, {part, fault}: Entry): {server?: string} {
	if (faultTable[fault.kind].target !== 'wire' || part === clientsId) return {};
	return {server: state.servers.find(({id}) => id === part)!.name};
}

function statusOf(state: State, part: PartId): ProcessStatus | undefined {
	return partOf(state, part)?.process;
}

function active({id, part, fault, by, forMs}: Entry): ActiveFault {
	return {id, part, fault, by, ...(forMs === undefined ? {} : {forMs})};
}
