/** Who exists: the servers behind the balancer, their counts, and which of them may be given something new. */

import type {Administration} from '../domain/status.ts';
import type {LastCheck} from '../domain/tick.ts';
import {phrase} from '../words/words.ts';
import {type Backend, createBackend} from './backend.ts';
import type {Clock} from './clock.ts';
import type {Observation} from './health.ts';
import type {HealthSettings} from './health-settings.ts';
import type {ServerAddress} from './settings.ts';
import {createStandings, type StandingHandlers, type TrafficError} from './standings.ts';

export type {Backend} from './backend.ts';

/**
 * `all` and `eligible` are other arrays whenever a server comes, goes, or has another weight or limit. What people ask for by a
 * server's name gives false when there is no such server.
 */
export type Backends = {
	readonly all: readonly Backend[];
	/** Those that may be given something new. */
	readonly eligible: readonly Backend[];
	/** One of them. */
	mayUse(backend: Backend): boolean;
	/** A check is over. `unknown`: it says nothing of the server. The first that does is always told. */
	checked(backend: Backend, result: LastCheck, observation: Observation | 'unknown'): void;
	/** Takes in what the traffic showed of a server; `cause` in a few words. */
	observe(backend: Backend, error: TrafficError, cause: string): void;
	/** Nothing new to that server (`drain`), nor checks (`maint`), or all as ever (`ready`). What it has, it keeps. */
	administer(name: string, administration: Administration): boolean;
	/** 0–256; a server of weight 0 is drained, as in HAProxy. */
	setWeight(name: string, weight: number): boolean;
	/** What it may have at once from now on; undefined: as the balancer's own limits say. */
	setMaxconn(name: string, maxconn: number | undefined): boolean;
	/** One more server, used from its first good check on. False when its name is taken. */
	add(server: ServerAddress): boolean;
	/** Nothing new to that server; it leaves `all` when it has answered what it has, with a `sweep`. */
	remove(name: string): boolean;
	/** The server is elsewhere now: what is under way ends at the old address, the new one is checked before it is used. */
	setAddress(name: string, host: string, port: number): boolean;
	/** Looks, once a second, for servers that leave and have nothing left. */
	sweep(): void;
	stop(): void;
};

/** What becomes of servers. When these are called, `all` and `eligible` are right already. */
type BackendsHandlers = Omit<StandingHandlers, 'stirred'> & {
	/** To be checked from now on. */
	watch(backend: Backend): void;
	/** Not to be checked any more. */
	unwatch(backend: Backend): void;
	/** It has another address: no connection that exists leads there. */
	moved(backend: Backend): void;
	/** It is in `all` no more. */
	removed(backend: Backend): void;
};

type BackendsParts = {
	servers: readonly ServerAddress[];
	settings: HealthSettings;
	clock: Clock;
	/** How many messages (connections in connection mode) a server may have at once; 0: no limit. Absent: as its `maxconn` says. */
	roomOf?: (server: ServerAddress) => number;
	handlers: BackendsHandlers;
};

export function createBackends({servers, settings, clock, roomOf, handlers}: BackendsParts): Backends {
	const room = (server: ServerAddress) => roomOf?.(server) ?? server.maxconn ?? 0;
	const create = (server: ServerAddress, index: number): Backend =>
		createBackend(server, {index, maxInFlight: room(server), at: clock.now()});
	let all: readonly Backend[] = servers.map(create);
	let eligible: readonly Backend[] = [];
	let isStale = false;
	let nextIndex = all.length;
	const leaving = new Set<Backend>();

	const standings = createStandings({
		settings,
		clock,
		servers: () => all,
		handlers: {
			...handlers,
			stirred: () => {
				isStale = true;
			},
		},
	});
	for (const backend of all) standings.enter(backend);

	const withName = (name: string, change: (backend: Backend) => void) => {
		const backend = all.find(each => each.name === name);
		if (!backend || leaving.has(backend)) return false;
		change(backend);
		return true;
	};

	const renew = (backend: Backend, cause: string) => {
		standings.renew(backend, cause);
		handlers.watch(backend);
	};

	const administer = (backend: Backend, administration: Administration, cause: string) => {
		const before = backend.administration;
		if (before === administration) return;
		backend.administration = administration;
		if (administration === 'maint') handlers.unwatch(backend);
		if (before === 'maint') renew(backend, cause);
		else standings.update(backend, cause);
	};

	const sweep = () => {
		for (const backend of leaving) {
			if (backend.inFlight > 0) continue;
			leaving.delete(backend);
			standings.leave(backend);
			all = all.filter(each => each !== backend);
			handlers.removed(backend);
		}
	};

	return {
		get all() {
			return all;
		},
		get eligible() {
			if (!isStale) return eligible;
			isStale = false;
			eligible = all.filter(standings.mayUse);
			return eligible;
		},
		mayUse: standings.mayUse,
		checked: standings.checked,
		observe: standings.observe,
		administer: (name, administration) =>
			withName(name, backend => administer(backend, administration, requests[administration])),
		setWeight: (name, weight) =>
			withName(name, backend => {
				backend.userWeight = weight;
				standings.weigh(backend);
				standings.update(backend, phrase('weight {weight} on request', {weight}));
			}),
		setMaxconn: (name, maxconn) =>
			withName(name, backend => {
				const {host, port, weight} = backend;
				backend.userMaxconn = maxconn;
				backend.maxInFlight = room({name, host, port, weight, ...(maxconn === undefined ? {} : {maxconn})});
				isStale = true;
			}),
		add: server => {
			if (all.some(({name}) => name === server.name)) return false;
			const backend = create(server, nextIndex++);
			all = [...all, backend];
			standings.enter(backend);
			renew(backend, phrase('added on request'));
			return true;
		},
		remove: name =>
			withName(name, backend => {
				administer(backend, 'maint', phrase('removed on request'));
				leaving.add(backend);
				sweep();
			}),
		setAddress: (name, host, port) =>
			withName(name, backend => {
				backend.host = host;
				backend.port = port;
				handlers.moved(backend);
				if (backend.administration !== 'maint') renew(backend, phrase('moved on request'));
			}),
		sweep,
		stop: standings.stop,
	};
}

const requests: Record<Administration, string> = {
	ready: phrase('made ready on request'),
	drain: phrase('drained on request'),
	maint: phrase('in maintenance on request'),
};
