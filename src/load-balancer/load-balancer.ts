/** The load balancer on one page: which servers there are, who of them is well, who is next, how bytes move. */

import type {Now} from '../domain/clock.ts';
import type {PartCommand} from '../domain/command.ts';
import type {PartEvent} from '../domain/event.ts';
import {seededRandom} from '../domain/random.ts';
import type {BalancerTick, RouteChanged} from '../domain/tick.ts';
import type {LogManager} from '../log/log-manager.ts';
import {usage} from '../part.ts';
import type {Choice} from './algorithms/algorithm.ts';
import {algorithms} from './algorithms/index.ts';
import {type Backend, createBackends} from './backends.ts';
import {roomOf} from './circuit-breaker.ts';
import {createConnectionMode} from './connection-mode.ts';
import {createHealthChecker} from './health-checker.ts';
import {createMessageMode} from './message-mode.ts';
import type {BalancerSettings} from './settings.ts';
import {createStrikes} from './strikes.ts';
import type {Transport} from './transport.ts';
import {chooseTransport} from './transports.ts';

/** A running load balancer. `stop` finishes what is under way and may be called twice. */
export type LoadBalancer = {
	readonly port: number;
	tick(): BalancerTick;
	command(command: PartCommand): void;
	stop(): Promise<void>;
};

/** What it needs from outside. `emit` gets `listening` and every `route-changed`. */
export type LoadBalancerParts = {
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
	const transport = given ?? chosen.transport;
	const isTold = new Set<Backend>();
	const backends = createBackends(settings.servers, settings.health, {
		changed: (backend, change) => {
			emit(change);
			if (isWordChange(change) || !isTold.has(backend)) logRoute(log, change);
			isTold.add(backend);
			if (change.to.state === 'DOWN' && change.from.state !== 'DOWN') checker.checkSoon(backend);
			mode.routeChanged(backend);
		},
		watch: backend => checker.watch(backend),
		unwatch: backend => checker.unwatch(backend),
		moved: backend => mode.moved(backend),
		removed: backend => {
			isTold.delete(backend);
			log.write('Server', `${backend.name} is removed`, {server: backend.name});
			mode.moved(backend);
		},
		roomOf: server => roomOf(server, settings.limits),
	});
	const strikes = createStrikes(log);
	const checker = createHealthChecker(backends, settings.health, transport);
	const createMode = settings.mode === 'message' ? createMessageMode : createConnectionMode;
	const question = {random: seededRandom(settings.seed), now};
	const mode = createMode({settings, backends, choice, question, transport, log, strikes});

	await checker.start();
	const listener = await mode.listen().catch(async error => {
		checker.stop();
		await mode.stop();
		throw error;
	});
	const {name, why} = chosen;
	emit({type: 'listening', host: settings.host, port: listener.port, transport: name});
	log.write('Server', `Load Balancer is listening on ${settings.host}:${listener.port}`, {
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
		tick: () => ({
			type: 'balancer-tick',
			backends: backends.all.map(toTick),
			...mode.tick(),
			struck: strikes.counts,
			...usage(),
		}),
		command: command => {
			if (command.type !== 'rate') backends.administer(command.server, command.type);
		},
		stop: () => {
			stopped ??= stop();
			return stopped;
		},
	};

	async function stop() {
		listener.close();
		await mode.stop();
		checker.stop();
		for (const sweeper of sweepers) clearInterval(sweeper);
		strikes.sweep();
	}
}

function isWordChange({from, to}: RouteChanged): boolean {
	return from.state !== to.state;
}

function logRoute(log: LogManager, {server, to, cause}: RouteChanged) {
	log.write('Server', `${server} is ${to.state}`, {server, route: to.state, cause});
}

function toTick({name, forwarded, answered, inFlight, connections, errors, redelivered}: Backend) {
	return {name, forwarded, answered, inFlight, connections, errors, redelivered};
}
