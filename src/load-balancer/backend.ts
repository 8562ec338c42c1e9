import type {Route} from '../domain/status.ts';
import type {BackendTick} from '../domain/tick.ts';
import {type Administration, type Health, unchecked} from './health.ts';
import type {ServerAddress} from './settings.ts';

/**
 * A server as the balancer knows it. The counts are those of {@link BackendTick}; `weight` is what algorithms go by,
 * `userWeight` what people set.
 */
export type Backend = Omit<ServerAddress, 'maxconn'> &
	Omit<BackendTick, 'name'> & {
		/** Its number for ever: no other server, also none that comes later, ever has it. */
		readonly index: number;
		userWeight: number;
		health: Health;
		administration: Administration;
		route: Route;
		/** With so many in flight it is full; 0: no limit. */
		maxInFlight: number;
		/** As its last PONG said. */
		speaksTrunk: boolean;
	};

/**
 * A server that nothing is known of yet. Written out, for V8 gives spread objects different shapes, and a choice among
 * many of those takes ten times as long.
 */
export function createBackend(server: ServerAddress, index: number, maxInFlight: number): Backend {
	const {name, host, port, weight} = server;
	return {
		name,
		host,
		port,
		weight,
		index,
		userWeight: weight,
		health: unchecked,
		administration: 'ready',
		route: {state: 'DOWN'},
		speaksTrunk: false,
		maxInFlight,
		forwarded: 0,
		answered: 0,
		inFlight: 0,
		connections: 0,
		errors: 0,
		redelivered: 0,
	};
}
