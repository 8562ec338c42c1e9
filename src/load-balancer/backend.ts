import type {Administration, Route} from '../domain/status.ts';
import type {BackendTick} from '../domain/tick.ts';
import {type Health, unchecked} from './health.ts';
import {type ErrorRun, noErrors} from './passive.ts';
import type {ServerAddress} from './settings.ts';

/**
 * A server as the balancer knows it. The counts are those of {@link BackendTick}; `downMs` leaves out the time since
 * `changedAt`.
 */
export type Backend = Omit<ServerAddress, 'maxconn'> &
	Omit<BackendTick, 'name'> & {
		/** Its number for ever: no other server, also none that comes later, ever has it. */
		readonly index: number;
		/** Its own `maxconn`; undefined: as the limits say for all. */
		userMaxconn: number | undefined;
		health: Health;
		administration: Administration;
		route: Route;
		/** With so many in flight it is full; 0: no limit. */
		maxInFlight: number;
		/** As its last PONG said. */
		speaksTrunk: boolean;
		/** Without the trunk: it echoes IDs and is quick, so that a run of lines with IDs may be on a connection. */
		takesRuns: boolean;
		errorRun: ErrorRun;
		/** It answered messages while its checks failed; `answeredBefore` is what it had answered at its last check. */
		answersStill: boolean;
		answeredBefore: number;
	};

/**
 * A server that nothing is known of yet, `at` monotonic ms. Written out, for V8 gives spread objects different shapes, and a choice among
 * many of those takes ten times as long.
 */
export function createBackend(
	server: ServerAddress,
	{index, maxInFlight, at}: {index: number; maxInFlight: number; at: number},
): Backend {
	const {name, host, port, weight} = server;
	return {
		name,
		host,
		port,
		weight,
		index,
		userWeight: weight,
		userMaxconn: server.maxconn,
		health: unchecked,
		administration: 'ready',
		route: {state: 'DOWN'},
		speaksTrunk: false,
		takesRuns: false,
		maxInFlight,
		errorRun: noErrors,
		answersStill: false,
		answeredBefore: 0,
		forwarded: 0,
		answered: 0,
		inFlight: 0,
		connections: 0,
		errors: 0,
		redelivered: 0,
		unanswered: 0,
		check: null,
		checkFailures: 0,
		downs: 0,
		ejections: 0,
		downMs: 0,
		changedAt: at,
	};
}

/** True while the server serves nobody: it does not work, or people work on it. */
export function isDown({route}: Pick<Backend, 'route'>): boolean {
	return route.state === 'DOWN' || route.state === 'MAINT';
}

/** What is told of a server ten times a second. */
export function tickOf(backend: Backend, now: number): BackendTick {
	const {name, forwarded, answered, inFlight, connections, errors, redelivered, unanswered} = backend;
	const {userWeight, weight, check, checkFailures, downs, ejections, changedAt} = backend;
	return {
		...{name, forwarded, answered, inFlight, connections, errors, redelivered, unanswered},
		...{userWeight, weight, check, checkFailures, downs, ejections, changedAt},
		downMs: backend.downMs + (isDown(backend) ? now - changedAt : 0),
	};
}
