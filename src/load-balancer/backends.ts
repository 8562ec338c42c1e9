/** Who exists: the servers behind the balancer, their counts, and which of them may be given something new. */

import {formatRoute, type Route} from '../domain/status.ts';
import type {BackendTick, RouteChanged} from '../domain/tick.ts';
import {type Health, type Observation, observe, routeOf, unchecked} from './health.ts';
import type {HealthSettings, ServerAddress} from './settings.ts';

/** A server as the balancer knows it. The counts are those of {@link BackendTick}. */
export type Backend = ServerAddress &
	Omit<BackendTick, 'name'> & {
		readonly index: number;
		health: Health;
		isDraining: boolean;
		route: Route;
		/** With so many in flight it is full; 0: no limit. */
		maxInFlight: number;
		/** As its last PONG said. */
		speaksTrunk: boolean;
	};

export type Backends = {
	readonly all: readonly Backend[];
	/** Those that may be given something new; another array whenever one comes or goes or its weight or limit changes. */
	eligible: readonly Backend[];
	/** Takes in what a check or the traffic showed of a server; `cause` in a few words. The first is always told. */
	observe(backend: Backend, observation: Observation, cause: string): void;
	/** Nothing new to that server, or again. False when no server has this name. */
	drain(name: string, isDraining: boolean): boolean;
};

/** `onChange` is called after each change of a route, when `eligible` is right already. */
export function createBackends(
	servers: readonly ServerAddress[],
	settings: HealthSettings,
	onChange: (backend: Backend, change: RouteChanged) => void,
): Backends {
	const all = servers.map(createBackend);
	const update = (backend: Backend, cause: string, isFirst = false) => {
		const from = backend.route;
		const to = routeOf(backend.health, backend.isDraining, settings);
		if (formatRoute(from) === formatRoute(to) && !isFirst) return;
		backend.route = to;
		if (from.state !== to.state) backends.eligible = all.filter(({route}) => route.state === 'UP');
		onChange(backend, {type: 'route-changed', server: backend.name, from, to, cause});
	};
	const backends: Backends = {
		all,
		eligible: [],
		observe: (backend, observation, cause) => {
			const isFirst = backend.health.state === 'UNCHECKED';
			backend.health = observe(backend.health, observation, settings);
			update(backend, cause, isFirst);
		},
		drain: (name, isDraining) => {
			const backend = all.find(each => each.name === name);
			if (!backend) return false;
			backend.isDraining = isDraining;
			update(backend, isDraining ? 'drained on request' : 'made ready on request');
			return true;
		},
	};
	return backends;
}

function createBackend(server: ServerAddress, index: number): Backend {
	return {
		...server,
		index,
		health: unchecked,
		isDraining: false,
		route: {state: 'DOWN'},
		speaksTrunk: false,
		maxInFlight: 0,
		forwarded: 0,
		answered: 0,
		inFlight: 0,
		connections: 0,
		errors: 0,
		redelivered: 0,
	};
}
