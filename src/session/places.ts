/** Where the parts of a run listen: ports that are free, and another where someone took one meanwhile. */

import type {Now} from '../domain/clock.ts';
import type {Event} from '../domain/event.ts';
import type {PartId, Plan} from '../domain/plan.ts';
import type {Orchestrator} from '../orchestrator/orchestrator.ts';
import {claimFreePort} from '../orchestrator/port-claims.ts';
import type {Program} from '../orchestrator/program.ts';
import type {StartResult} from '../orchestrator/supervisor.ts';

/** Where a part listens; `port` is changed when it has to move. */
type Place = {host: string; port: number};

export type Places = {
	/** The next free port of a host that no part of the plan has; undefined when there is none. Rejects as {@link claimFreePort}. */
	freePort(host: string, from: number): Promise<number | undefined>;
	/** Starts a part; a port that someone took since it was chosen is replaced, unless the user named it. */
	startAt(id: PartId, place: Place, program: () => Program): Promise<StartResult>;
};

type Settings = {
	plan: () => Plan;
	/** Named by the user, never replaced. */
	fixedPorts: Set<number>;
	orchestrator: Pick<Orchestrator, 'start'>;
	emit: (event: Event) => void;
	now: Now;
};

export function createPlaces({plan, fixedPorts, orchestrator, emit, now}: Settings): Places {
	const freePort: Places['freePort'] = (host, from) => {
		const {balancer, servers} = plan();
		return claimFreePort(host, from, new Set([balancer.port, ...servers.map(({port}) => port)]));
	};
	const startAt: Places['startAt'] = async (id, place, program) => {
		for (;;) {
			const result = await orchestrator.start(program());
			if (result.ok || result.code !== 'EADDRINUSE' || fixedPorts.has(place.port)) return result;
			// Where there is no other, why this one could not be had is what is told.
			const to = await freePort(place.host, place.port + 1).catch(() => undefined);
			if (to === undefined) return result;
			emit({at: now(), type: 'moved', part: id, from: place.port, to});
			place.port = to;
		}
	};
	return {freePort, startAt};
}
