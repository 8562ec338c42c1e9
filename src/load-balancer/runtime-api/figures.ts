/** What the runtime API tells: the balancer's counts at this moment, with the names and numbers that HAProxy gives things. */

import type {Now} from '../../domain/clock.ts';
import type {BackendTick, BalancerTick} from '../../domain/tick.ts';
import type {ListedServer} from '../administrator.ts';
import type {HealthSettings} from '../health-settings.ts';
import type {BalancerSettings} from '../settings.ts';
import {createMeters, type Rate} from './meters.ts';

/** The one frontend and the one backend there are, by HAProxy's numbering. */
export const proxy = {name: 'lab', frontendId: 2, backendId: 3};

/** A server, with its name as HAProxy's tools take it. A session is a message; in connection mode, a connection. */
export type ServerFigures = {
	listed: ListedServer;
	name: string;
	counts: BackendTick;
	sessionRate: Rate;
	mostInFlight: number;
	mostConnections: number;
	/** Since its route changed last. */
	changedAgoMs: number;
	health: HealthSettings;
};

export type Figures = {
	servers: ServerFigures[];
	balancer: BalancerTick;
	acceptRate: Rate;
	mostClients: number;
	mostWaiting: number;
	/** Over all servers. */
	sessionRate: Rate;
	mostInFlight: number;
	uptimeMs: number;
	settings: Settings;
};

type Settings = Pick<BalancerSettings, 'mode' | 'limits'>;

/** Where figures come from. */
export type FigureSource = {
	tick(): BalancerTick;
	list(): ListedServer[];
	settings: Settings & Pick<BalancerSettings, 'health'>;
	now: Now;
};

type FigureKeeper = {
	/** As things stand. */
	now(): Figures;
	/** Takes in the counts of a moment; called with every tick, rates and greatest values are known when someone asks. */
	look(balancer: BalancerTick): void;
};

/** Takes figures from ticks; rates and maxima need one to look now and then. */
export function keepFigures({tick, list, settings, now}: FigureSource): FigureKeeper {
	const startedAt = now();
	const meters = createMeters(now);

	const look = (balancer: BalancerTick) => {
		const counters: Record<string, number> = {accepted: balancer.accepted};
		const gauges: Record<string, number> = {clients: balancer.clientConnections, waiting: balancer.waiting};
		let [forwarded, inFlight] = [0, 0];
		for (const backend of balancer.backends) {
			counters[`server/${backend.name}`] = backend.forwarded;
			gauges[`server/${backend.name}`] = backend.inFlight;
			gauges[`connections/${backend.name}`] = backend.connections;
			forwarded += backend.forwarded;
			inFlight += backend.inFlight;
		}
		counters.forwarded = forwarded;
		gauges.inFlight = inFlight;
		meters.look({counters, gauges});
	};
	look(tick());

	return {
		now: () => {
			const balancer = tick();
			look(balancer);
			const counts = new Map(balancer.backends.map(backend => [backend.name, backend]));
			const listed = list();
			const names = haproxyNames(listed);
			return {
				balancer,
				acceptRate: meters.rate('accepted'),
				mostClients: meters.max('clients'),
				mostWaiting: meters.max('waiting'),
				sessionRate: meters.rate('forwarded'),
				mostInFlight: meters.max('inFlight'),
				uptimeMs: now() - startedAt,
				settings,
				servers: listed.flatMap((server, place) => {
					const count = counts.get(server.name);
					if (!count) return [];
					return {
						listed: server,
						name: names[place]!,
						counts: count,
						sessionRate: meters.rate(`server/${server.name}`),
						mostInFlight: meters.max(`server/${server.name}`),
						mostConnections: meters.max(`connections/${server.name}`),
						changedAgoMs: Math.max(0, now() - count.changedAt),
						health: settings.health,
					};
				}),
			};
		},
		look,
	};
}

/** HAProxy's names have no blanks and only ASCII: other characters become `-`, and what is then the same gets its number. */
export function haproxyNames(servers: readonly {id: number; name: string}[]): string[] {
	const taken = new Set<string>();
	return servers.map(({id, name}) => {
		const plain = name.replace(/[^\w.:-]/g, '-');
		const unique = taken.has(plain) ? `${plain}.${id}` : plain;
		taken.add(unique);
		return unique;
	});
}
