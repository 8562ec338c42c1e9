/** The load balancer on one page: which servers there are, who of them is well, who is next, how bytes move. */

import type {AlgorithmName} from '../domain/algorithm.ts';
import type {Now} from '../domain/clock.ts';
import type {PartCommand} from '../domain/command.ts';
import type {PartEvent} from '../domain/event.ts';
import {seededRandom} from '../domain/random.ts';
import {formatAddress} from '../domain/server-spec.ts';
import {formatRoute} from '../domain/status.ts';
import type {BalancerTick, RouteChanged} from '../domain/tick.ts';
import type {LogManager} from '../log/log-manager.ts';
import {usage} from '../part.ts';
import {phrase} from '../words/words.ts';
import {type Administrator, createAdministrator, obey} from './administrator.ts';
import type {Choice} from './algorithms/algorithm.ts';
import {algorithms} from './algorithms/index.ts';
import {tickOf} from './backend.ts';
import {type Backends, createBackends} from './backends.ts';
import {roomOf} from './circuit-breaker.ts';
import {systemClock} from './clock.ts';
import {createConnectionMode} from './connection-mode.ts';
import {createFrontTransport} from './front/front-transport.ts';
import {createHealthChecker} from './health-checker.ts';
import {checkBoundMs} from './health-settings.ts';
import {createMessageMode} from './message-mode.ts';
import type {SessionView} from './mode.ts';
import {checkTransport} from './proxy/check-transport.ts';
import type {BalancerSettings} from './settings.ts';
import {createStrikes} from './strikes.ts';
import type {Transport} from './transport.ts';
import {chooseTransport} from './transports.ts';
import {isWireFault} from './wire/toxics/index.ts';
import {createWires} from './wire/wires.ts';

type FaultCommand = Extract<PartCommand, {type: 'fault' | 'end-fault'}>;

/** A running load balancer. `stop` finishes what is under way and may be called twice. */
export type LoadBalancer = {
	readonly port: number;
	/** Its servers, for who commands them. */
	readonly backends: Backends;
	tick(): BalancerTick;
	command(command: PartCommand): void;
	/** Ends at once what this server has under way. False when no server has this name. */
	shutdownSessions(server: string): boolean;
	/** Who is connected, and to which server; empty in message mode, where nobody is joined to one. */
	sessions(): SessionView[];
	/** For changing its servers while it runs. */
	readonly administrator: Administrator;
	stop(): Promise<void>;
};

/** What it needs from outside. `emit` gets `listening`, every `route-changed` and every `algorithm-changed`. */
type LoadBalancerParts = {
	log: LogManager;
	emit(event: PartEvent): void;
	now: Now;
	/** Takes the place of the one that the settings name. */
	transport?: Transport;
};

/** Starts it: settles when each server has been checked once and it listens; rejects when it cannot listen. */
export async function startLoadBalancer(
	settings: BalancerSettings,
	{log, emit, now, transport: given}: LoadBalancerParts,
): Promise<LoadBalancer> {
	const choice: Choice = {name: settings.algorithm, algorithm: algorithms[settings.algorithm]()};

	const chosen = await chooseTransport(settings.transport);
	const strikes = createStrikes(log);
	const clock = systemClock(now);
	const wires = createWires({
		transport: await createFrontTransport({
			...{transport: given ?? chosen.transport, front: settings.front, limits: settings.limits, tell: strikes.tell},
		}),
		clock,
		random: seededRandom(settings.seed + 2),
		serverAt: (host, port) => backends.all.find(backend => backend.port === port && backend.host === host)?.name,
	});
	const {transport} = wires;
	const backends = createBackends({
		servers: settings.servers,
		settings: settings.health,
		clock,
		roomOf: server => roomOf(server, settings.limits),
		handlers: {
			changed: (backend, change) => {
				emit(change);
				logRoute(log, change);
				mode.routeChanged(backend);
			},
			shifted: backend => mode.routeChanged(backend),
			suspected: backend => checker.checkSoon(backend),
			panicked: text => {
				emit({type: 'noted', text});
				log.write('Server', text);
			},
			watch: backend => checker.watch(backend),
			unwatch: backend => checker.unwatch(backend),
			moved: backend => mode.moved(backend),
			removed: backend => {
				log.write('Server', `${backend.name} is removed`, {server: backend.name});
				mode.moved(backend);
			},
		},
	});
	const administrator = createAdministrator(backends, event => {
		if (event.type === 'servers-changed' && event.cause !== '') log.write('Server', event.cause);
		emit(event);
	});
	const checker = createHealthChecker({
		backends,
		settings: settings.health,
		transport: checkTransport(transport, settings.sessions),
		clock,
		random: seededRandom(settings.seed + 1),
	});
	const createMode = settings.mode === 'message' ? createMessageMode : createConnectionMode;
	const question = {random: seededRandom(settings.seed), now};
	const mode = createMode({settings, backends, choice, question, transport, log, strikes});

	await checker.start();
	const listener = await mode.listen().catch(async error => {
		checker.stop();
		backends.stop();
		await mode.stop();
		throw error;
	});
	const {name, why} = chosen;
	emit({
		type: 'listening',
		host: settings.host,
		port: listener.port,
		transport: name,
		checkBoundMs: checkBoundMs(settings.health),
	});
	log.write('Server', `Load Balancer is listening on ${formatAddress({host: settings.host, port: listener.port})}`, {
		transport: name,
		...(why === undefined ? {} : {why}),
	});
	const sweepers = [
		setInterval(() => {
			backends.sweep();
			strikes.sweep();
		}, 1000),
		setInterval(() => mode.sweep(), mode.sweepMs),
	];
	let stopped: Promise<void> | undefined;

	return {
		port: listener.port,
		backends,
		tick: () => ({
			type: 'balancer-tick',
			algorithm: choice.name,
			backends: backends.all.map(backend => tickOf(backend, now())),
			...mode.tick(),
			struck: strikes.counts,
			...usage(),
		}),
		command: command => {
			if (command.type === 'algorithm') return changeAlgorithm(command.algorithm);
			if (command.type === 'fault' || command.type === 'end-fault') return breakWire(command);
			const reason = obey(administrator, command);
			if (reason !== undefined) emit({type: 'noted', text: reason});
		},
		shutdownSessions: name => {
			const backend = backends.all.find(each => each.name === name);
			if (backend) mode.shutdownSessions(backend);
			return backend !== undefined;
		},
		sessions: mode.sessions,
		administrator,
		stop: () => {
			stopped ??= stop();
			return stopped;
		},
	};

	/** The messages under way stay where they are; the next one is chosen for by the new algorithm, which knows nothing yet. */
	function changeAlgorithm(name: AlgorithmName) {
		if (name === choice.name) return;
		const values = {algorithm: name, before: choice.name};
		choice.name = name;
		choice.algorithm = algorithms[name]();
		emit({type: 'algorithm-changed', algorithm: name});
		log.write('Server', `Load Balancer chooses by ${name}`, values);
	}

	function breakWire(command: FaultCommand) {
		if (command.type === 'end-fault') {
			if (wires.remove(command.id)) emit({type: 'fault-ended', id: command.id});
			return;
		}
		const {id, fault, server} = command;
		const {kind} = fault;
		if (!isWireFault(fault)) return emit({type: 'noted', text: phrase("a wire has no fault '{kind}'", {kind})});
		wires.add(id, fault, server);
		emit({type: 'fault-began', id});
	}

	async function stop() {
		listener.close();
		await mode.stop();
		checker.stop();
		backends.stop();
		wires.close();
		for (const sweeper of sweepers) clearInterval(sweeper);
		strikes.sweep();
	}
}

function logRoute(log: LogManager, {server, to, cause, check}: RouteChanged) {
	const last = check && {check: check.status, ms: check.ms.toFixed(1)};
	log.write('Server', `${server} is ${formatRoute(to)}`, {server, route: to.state, cause, ...last});
}
