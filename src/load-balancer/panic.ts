/**
 * When so few servers are well that they would not stand the load of all, better to ask also those that only seem unwell:
 * Envoy's panic threshold. Envoy then asks every server there is. Here what a server does counts for more than what its
 * checks say: one that is ejected, or fails its checks and still answers messages, is used; one that refuses, broke or is
 * silent is not, for that would lose messages and help nobody. So with two servers and one killed there is no panic (50 %
 * is not below 50 %), and with both killed or frozen nobody is asked: a client hears at once that no server is up.
 */

import type {Backend} from './backend.ts';

type Panic = {
	/** True while servers that seem unwell are used. */
	readonly isOn: boolean;
	/** How many servers there are, those out at a person's wish left out, and how many of them are well. */
	readonly servers: number;
	readonly well: number;
	/** This one is counted, by its route, or not any more. */
	enter(backend: Backend): void;
	leave(backend: Backend): void;
	/** Used now, by its route or for the panic. */
	mayUse(backend: Backend): boolean;
};

/** Counts with every change, for there may be very many servers. */
export function createPanic(percent: number): Panic {
	const doubtful = new Set<Backend>();
	let servers = 0;
	let well = 0;
	const isOn = () => doubtful.size > 0 && well * 100 < percent * servers;
	return {
		get isOn() {
			return isOn();
		},
		get servers() {
			return servers;
		},
		get well() {
			return well;
		},
		enter: backend => {
			if (isOut(backend)) return;
			servers++;
			if (isWell(backend)) well++;
			else if (isDoubtful(backend)) doubtful.add(backend);
		},
		leave: backend => {
			doubtful.delete(backend);
			if (isOut(backend)) return;
			servers--;
			if (isWell(backend)) well--;
		},
		mayUse: backend => isWell(backend) || (doubtful.has(backend) && isOn()),
	};
}

function isOut({route}: Backend): boolean {
	return route.state === 'MAINT' || route.state === 'DRAIN';
}

function isWell({route}: Backend): boolean {
	return route.state === 'UP' || route.state === 'SLOW';
}

function isDoubtful({route, answersStill}: Backend): boolean {
	return route.state === 'EJECTED' || (route.state === 'DOWN' && answersStill);
}
