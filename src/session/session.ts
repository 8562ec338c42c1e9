/** The wiring of a run, on one page: events from the parts and the orchestrator become the state; commands go down. */

import {statSync} from 'node:fs';
import type {CheckResult} from '../domain/check.ts';
import type {Actor, Command, CommandResult, ServerCommand} from '../domain/command.ts';
import {engines} from '../domain/engine.ts';
import type {Event, Phase, ScenarioTold} from '../domain/event.ts';
import {misfit} from '../domain/misfit.ts';
import {balancerId, clientsId, type Plan} from '../domain/plan.ts';
import {seededRandom} from '../domain/random.ts';
import {formatRate} from '../domain/rate.ts';
import {createFaults} from '../faults/faults.ts';
import {openLogManager} from '../log/log-manager.ts';
import {followLog} from '../log/log-tail.ts';
import {createOrchestrator} from '../orchestrator/orchestrator.ts';
import {now} from '../part.ts';
import type {ProgramFiles} from '../programs.ts';
import {initialState} from '../state/initial.ts';
import {runParts, withPart} from '../state/run-parts.ts';
import type {State} from '../state/state.ts';
import {createStore, type Store} from '../state/store.ts';
import {phrase} from '../words/words.ts';
import {createPlaces} from './places.ts';
import {logEvent} from './run-log.ts';
import {planAddition, planChange} from './server-changes.ts';
import {createStartUp, type Wanted} from './start-up.ts';
import {type Why, whyOf} from './why.ts';

/** How a run came to its end. `could-not-start` names what, where and what to do. */
export type Outcome = {type: 'ended'} | {type: 'could-not-start'; reason: string};

export type Session = {
	store: Store;
	/** Starts the parts: servers, balancer, clients, each ready before the next. Once. */
	start(): void;
	/** Carries out a command or says why not; what it brings about comes as events. */
	send(command: Command, by: Actor): CommandResult;
	/** Why the balancer gave a recent message to its server, by the message's ID. */
	why(id: string): Why;
	/** Ends the run: gently (clients finish, then balancer, then servers), or at once. Later calls can only hurry it. */
	quit(how: {now: boolean}): void;
	/** Puts a sentence before the user: of the wiring's own also in the log, of the screen's only among the events. */
	note(text: string): void;
	screenSaid(text: string): void;
	/** Puts before the user how the checks stand. */
	judged(judgement: {results: CheckResult[]; changed: CheckResult[]}): void;
	/** Puts before the user what a scenario says, and how far it is. */
	scenarioTold(told: ScenarioTold): void;
	/** Calls for each event with the state after it: a listener before may have brought about another one already. */
	onEvent(listener: (event: Event, state: State) => void): void;
	/** Settles when no process of the run is left. */
	ended: Promise<Outcome>;
};

/** `fixedPorts`: named by the user, never replaced. `showLog`: someone reads the log's tail. */
type SessionSettings = {
	plan: Plan;
	files: ProgramFiles;
	fixedPorts: Set<number>;
	showLog: boolean;
	socket?: string;
};

/** Opens the log and makes everything ready to start. Throws (with a `code`) only when the log cannot be written. */
export function openSession({plan, files, fixedPorts, showLog, socket}: SessionSettings): Session {
	const log = openLogManager({...plan.log, by: 'lbtop'});
	/** What the log holds of earlier runs, in bytes. */
	const logFrom = statSync(plan.log.file, {throwIfNoEntry: false})?.size ?? 0;
	const store = createStore(initialState(plan, {at: now(), wallMs: Date.now(), pid: process.pid}));
	const listeners: ((event: Event, state: State) => void)[] = [];
	const emit = (event: Event) => {
		store.apply(event);
		const state = store.get();
		logEvent(log, state, event);
		for (const listener of listeners) listener(event, state);
		faults.hear(event);
	};
	const orchestrator = createOrchestrator({emit, now, random: seededRandom(plan.seed)});
	const wanted: Wanted = {plan, algorithm: plan.balancer.algorithm, load: {rate: plan.clients.rate, since: undefined}};
	const places = createPlaces({plan: () => wanted.plan, fixedPorts, orchestrator, emit, now});
	const faults = createFaults({state: store.get, now, emit, orchestrator});
	const note = (text: string) => emit({at: now(), type: 'noted', text});
	const setPhase = (phase: Phase) => emit({at: now(), type: 'phase-changed', phase});
	const {why: noWhy} = engines[plan.balancer.engine].refusals;
	let ending: Promise<void> | undefined;
	let forTimer: NodeJS.Timeout | undefined;
	let settle: (outcome: Outcome) => void = () => {};
	const ended = new Promise<Outcome>(resolve => {
		settle = resolve;
	});

	const timer = setInterval(() => emit({at: now(), type: 'second-passed'}), 1000);
	const tail = showLog
		? followLog({file: plan.log.file, onLines: (lines, read) => emit({at: now(), type: 'log-read', lines, ...read})})
		: undefined;

	const startUp = createStartUp({
		...{wanted, files, logFrom, state: store.get, now, emit, orchestrator, places},
		isEnding: () => ending !== undefined,
	});

	const end = (outcome: Outcome, how: {now: boolean}) => {
		clearTimeout(forTimer);
		const isFirst = ending === undefined;
		if (isFirst) setPhase('stopping');
		ending = orchestrator.end(how);
		if (!isFirst) return;
		void ending.then(() => {
			clearInterval(timer);
			emit({at: now(), type: 'second-passed'});
			setPhase('ended');
			tail?.close();
			log.close();
			emit({at: now(), type: 'part-said', part: 'lbtop', event: log.tick()});
			settle(outcome);
		});
	};

	const start = async () => {
		emit({at: now(), type: 'run-started', wallMs: Date.now(), pid: process.pid, plan, ...(socket ? {socket} : {})});
		const reason = await startUp.all();
		if (ending) return;
		if (reason !== undefined) return end({type: 'could-not-start', reason}, {now: false});
		setPhase('running');
		if (plan.forMs !== undefined) forTimer = setTimeout(() => end({type: 'ended'}, {now: false}), plan.forMs);
	};

	const refuse = (command: Command, by: Actor, reason: string): CommandResult => {
		emit({at: now(), type: 'refused', command, by, reason});
		return {ok: false, reason};
	};

	const changeServer = (command: ServerCommand, by: Actor): CommandResult => {
		const change =
			command.type === 'add-server'
				? planAddition(command, store.get(), wanted.plan.servers.length)
				: planChange(command, store.get());
		if (!change.ok) return refuse(command, by, change.reason);
		emit({at: now(), type: 'commanded', command, by, echo: change.echo});
		if ('tell' in change) orchestrator.send(balancerId, change.tell);
		else void startUp.addServer(change);
		return {ok: true, echo: change.echo};
	};

	return {
		store,
		start: () => void start(),
		ended,
		onEvent: listener => listeners.push(listener),
		note,
		screenSaid: text => emit({at: now(), type: 'screen-said', text}),
		judged: ({results, changed}) => emit({at: now(), type: 'checks-judged', results, changed}),
		scenarioTold: told => emit({at: now(), type: 'scenario-told', ...told}),
		why: id => (noWhy === undefined ? whyOf(plan.log, id) : {ok: false, reason: phrase(noWhy)}),
		quit: how => end({type: 'ended'}, how),
		send: (asked, by) => {
			const command = withPart(asked, store.get());
			const reason = misfit(command, {parts: runParts(store.get()), engine: plan.balancer.engine});
			if (reason !== undefined) return refuse(command, by, reason);
			switch (command.type) {
				case 'quit':
					emit({at: now(), type: 'commanded', command, by, echo: `lbtop ctl quit${command.now ? ' --now' : ''}`});
					end({type: 'ended'}, command);
					return {ok: true};
				case 'rate': {
					const {rate} = command;
					wanted.load = {rate, since: now()};
					orchestrator.send(clientsId, command);
					const echo = `lbtop ctl rate ${formatRate(rate)}`;
					emit({at: now(), type: 'commanded', command, by, echo});
					emit({at: now(), type: 'rate-changed', rate});
					return {ok: true, echo};
				}
				case 'algorithm': {
					wanted.algorithm = command.algorithm;
					orchestrator.send(balancerId, command);
					const echo = `lbtop ctl algorithm ${command.algorithm}`;
					emit({at: now(), type: 'commanded', command, by, echo});
					return {ok: true, echo};
				}
				case 'drain':
				case 'maint':
				case 'ready':
				case 'weight':
				case 'address':
				case 'remove-server':
				case 'add-server':
					return changeServer(command, by);
				case 'fault':
				case 'undo':
					return faults.send(command, by);
				default:
					return orchestrator.command(command, by);
			}
		},
	};
}
