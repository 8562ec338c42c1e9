/** What the client manager says of itself, ten times a second: totals, gauges, and once a second the latencies. */

import type {Now} from '../domain/clock.ts';
import {createLatency} from '../domain/latency.ts';
import type {ClientsTick, LatencyCounts} from '../domain/tick.ts';
import type {LogManager} from '../log/log-manager.ts';
import {usage} from '../part.ts';
import type {Accounts} from './accounts.ts';
import {logSecond} from './client-log.ts';
import type {Demand} from './demand.ts';
import type {Client} from './desk.ts';
import type {KnownServers} from './known-servers.ts';

type TickSources = {
	accounts: Accounts;
	servers: KnownServers;
	clients: Client[];
	demand: Demand;
	log: LogManager;
	now: Now;
};

/** Ticks between two with latencies and lines in the log: a second. */
const ticksPerSecond = 10;

/** Gives the next tick. `isLast` brings the latencies along whatever the count. */
export function createTicker({accounts, servers, clients, demand, log, now}: TickSources) {
	const {counts} = accounts;
	const merged = createLatency();
	let ticks = 0;
	let last = {at: now(), acked: 0};

	return ({isLast, loopLagMs}: {isLast: boolean; loopLagMs: number}): ClientsTick => {
		const errorsAt = accounts.errors.drain();
		const retriedAcksAt = accounts.retriedAcks.drain();
		const tick: ClientsTick = {
			type: 'clients-tick',
			...counts,
			retriesByCause: {...counts.retriesByCause},
			dropped: demand.dropped,
			inFlight: clients.reduce((sum, {busy}) => sum + busy, 0),
			backingOff: clients.reduce((sum, client) => sum + client.backingOff, 0),
			ackedBy: Object.fromEntries(Array.from(servers.all(), ({name, acked}) => [name, acked])),
			backlog: demand.backlog,
			loopLagMs: Math.round(loopLagMs * 10) / 10,
			...(errorsAt ? {errorsAt} : {}),
			...(retriedAcksAt ? {retriedAcksAt} : {}),
			...usage(),
		};
		if (++ticks % ticksPerSecond !== 0 && !isLast) return tick;
		tick.latency = drain();
		logSecond(log, {...tick, perSecond: perSecond(), latency: tick.latency.all});
		return tick;
	};

	function drain(): NonNullable<ClientsTick['latency']> {
		const byServer: Record<string, LatencyCounts> = {};
		for (const {name, latency} of servers.all()) {
			byServer[name] = latency.drain();
			merged.merge(byServer[name]);
		}
		return {all: merged.drain(), uncorrected: accounts.uncorrected.drain(), byServer};
	}

	function perSecond(): number {
		const at = now();
		const rate = ((counts.acked - last.acked) * 1000) / Math.max(1, at - last.at);
		last = {at, acked: counts.acked};
		return rate;
	}
}
