/** Starts the parts of a run, each ready before the next, and the servers that are added while it lasts. */

import type {AlgorithmName} from '../domain/algorithm.ts';
import type {Now} from '../domain/clock.ts';
import type {Event} from '../domain/event.ts';
import {balancerId, type Plan, type ServerPlan, serverId} from '../domain/plan.ts';
import type {Rate} from '../domain/rate.ts';
import {errorWords} from '../domain/system-error.ts';
import {enginePrograms} from '../engines/engines.ts';
import type {Orchestrator} from '../orchestrator/orchestrator.ts';
import {isHopeless, type StartResult} from '../orchestrator/supervisor.ts';
import {auditProgram, clientsProgram, type ProgramFiles, serverProgram} from '../programs.ts';
import {isAudited} from '../state/ledger.ts';
import type {State} from '../state/state.ts';
import {phrase} from '../words/words.ts';
import type {Places} from './places.ts';
import {balancedServers} from './server-changes.ts';

/** What was asked for last, which is what a part that starts, or starts again, is given. `since`: the rate holds from then on. */
export type Wanted = {plan: Plan; algorithm: AlgorithmName; load: {rate: Rate; since: number | undefined}};

type StartUp = {
	/** Starts what the plan has. Gives why the run cannot be, in a sentence; what is left when it ends is not started. */
	all(): Promise<string | undefined>;
	/** Starts a further server where it is ours to start, then tells the balancer of it; `isKnown`: it runs already. */
	addServer(addition: {server: ServerPlan; isKnown: boolean}): Promise<void>;
};

/** `logFrom`: what the log holds of earlier runs, in bytes. */
type Tools = {
	wanted: Wanted;
	files: ProgramFiles;
	logFrom: number;
	state(): State;
	now: Now;
	emit(event: Event): void;
	orchestrator: Pick<Orchestrator, 'start' | 'send' | 'prepare'>;
	places: Places;
	isEnding(): boolean;
};

export function createStartUp({wanted, files, logFrom, orchestrator, places, isEnding, ...tools}: Tools): StartUp {
	const {state, now, emit} = tools;

	const startServer = (server: ServerPlan, index: number) =>
		places.startAt(serverId(index), server, () => serverProgram(wanted.plan, index, files)!);

	const startBalancer = () => {
		const {plan} = wanted;
		const wishes = {algorithm: () => wanted.algorithm, servers: () => balancedServers(state())};
		return places.startAt(balancerId, plan.balancer, () =>
			enginePrograms[plan.balancer.engine].program(plan, files, wishes),
		);
	};

	const startClients = () =>
		orchestrator.start(
			clientsProgram(wanted.plan, files, () => {
				const {load} = wanted;
				load.since ??= now();
				return {rate: load.rate, ageMs: now() - load.since};
			}),
		);

	const all = async () => {
		const {plan} = wanted;
		// Not waited for: it reads what was written before it, and whatever ends, it ends last.
		if (isAudited(plan)) void orchestrator.start(auditProgram(plan, files, {pid: process.pid, from: logFrom}));
		const steps: {name: string; kind: ServerPlan['kind']; start(): Promise<StartResult>}[] = [
			...plan.servers.map((server, index) => ({...server, start: () => startServer(server, index)})),
			{name: phrase('the load balancer'), kind: 'own', start: startBalancer},
			{name: phrase('the client manager'), kind: 'own', start: startClients},
		];
		for (const {name, kind, start} of steps) {
			if (kind === 'external') continue;
			if (isEnding()) return undefined;
			const result = await start();
			if (!result.ok && isHopeless(result.code, kind)) {
				const why = {what: name, reason: result.reason};
				return kind === 'command'
					? phrase('{what} could not be started: {reason}; correct its command=', why)
					: phrase('{what} could not be started: {reason}', why);
			}
		}
		return undefined;
	};

	/** Whether it runs, or may still. */
	const begin = async (server: ServerPlan): Promise<boolean> => {
		const port = await places.freePort(server.host, wanted.plan.balancer.port + 1).catch(errorWords);
		if (isEnding()) return false;
		if (typeof port !== 'number') {
			notAdded(server, port ?? phrase('no port is free'));
			return false;
		}
		server.port = port;
		const index = admit(server);
		const result = await startServer(server, index);
		if (result.ok || !isHopeless(result.code, server.kind)) return true;
		notAdded(server, result.reason);
		// Nobody asked for it: it is told by what comes of it, and begins no incident of its own.
		const stop = orchestrator.prepare({type: 'stop', part: serverId(index)});
		if (stop.ok) stop.run('lbtop');
		return false;
	};

	const notAdded = ({name}: ServerPlan, why: string) =>
		emit({at: now(), type: 'noted', text: phrase('{name} not added: {why}', {name, why})});

	/** Makes it the last server of the run. */
	const admit = (server: ServerPlan): number => {
		const index = wanted.plan.servers.length;
		wanted.plan = {...wanted.plan, servers: [...wanted.plan.servers, server]};
		emit({at: now(), type: 'server-added', part: serverId(index), server});
		return index;
	};

	const addServer: StartUp['addServer'] = async ({server, isKnown}) => {
		const {kind, command: _, ...address} = server;
		if (!isKnown && kind === 'external') admit(server);
		if (!isKnown && kind !== 'external' && !(await begin(server))) return;
		if (isEnding()) return;
		orchestrator.send(balancerId, {type: 'add-server', server: {...address, port: server.port}});
	};

	return {all, addServer};
}
