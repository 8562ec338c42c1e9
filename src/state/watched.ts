/** What a look at a balancer that runs elsewhere changes in the state. */

import {parseAddress} from '../domain/server-spec.ts';
import type {WatchedServer, WatchedTick} from '../domain/watched.ts';
import {serverState} from './initial.ts';
import type {ServerState, State} from './state.ts';

/** The state after it. Rates begin with the second look: what was counted before the first came at no known time. */
export function heardWatched(state: State, tick: WatchedTick, at: number): State {
	const {figures} = tick;
	const all = tick.servers.reduce((sum, {total}) => sum + (total ?? 0), 0);
	const servers = tick.servers.map((server): ServerState => {
		const known = state.servers.find(({id}) => id === server.id) ?? unheard(server);
		const count = server.total ?? 0;
		const {name, route, administration, status, userWeight, weight, changedSeconds} = server;
		return {
			...known,
			...{name, route, administration, ...placeOf(server)},
			routeCause: route && status !== route.state ? status : '',
			routeChangedAt: at - (changedSeconds ?? 0) * 1000,
			weight: userWeight ?? weight ?? known.weight,
			...{forwarded: count, acked: count, share: all === 0 ? null : count / all},
			...{inFlight: server.current ?? 0, connections: server.current ?? 0},
			errors: (server.connectErrors ?? 0) + (server.responseErrors ?? 0),
			redelivered: server.redispatches ?? 0,
		};
	});
	const sent = figures.total ?? all;
	const again = (figures.retries ?? 0) + (figures.redispatches ?? 0);
	const inFlight = figures.current ?? 0;
	const waiting = figures.queue ?? 0;
	const {peaks, lastSecond} = state;
	const fresh = servers.filter(({id}) => !state.servers.some(server => server.id === id));
	const answered = {...lastSecond.answered, ...Object.fromEntries(fresh.map(({name, acked}) => [name, acked ?? 0]))};
	return {
		...state,
		watched: tick,
		servers,
		balancer: {...state.balancer, name: tick.program, waiting, clientConnections: tick.connections ?? 0},
		clients: {...state.clients, sent, attempts: sent + again, acked: sent, inFlight},
		countedAt: at,
		peaks: {...peaks, inFlight: Math.max(peaks.inFlight, inFlight), waiting: Math.max(peaks.waiting, waiting)},
		lastSecond: {
			...lastSecond,
			answered,
			...(state.watched ? {} : {countedAt: at, acked: sent, retries: again}),
		},
	};
}

function unheard(server: WatchedServer): ServerState {
	return serverState(server.id, {name: server.name, kind: 'external', weight: 1, ...placeOf(server)});
}

/** An address that is not told, or is a unix socket, has no port. */
function placeOf({address}: WatchedServer): {host: string; port: number} {
	try {
		return parseAddress(address ?? '');
	} catch {
		return {host: address ?? '-', port: 0};
	}
}
