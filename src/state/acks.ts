/** Whose the clients' ACKs are: the servers' counts and shares, from what the clients and the balancer have told. */

import {balancerId, clientsId} from '../domain/plan.ts';
import {totalOf} from './counting.ts';
import type {ServerState, State} from './state.ts';

/**
 * ACKs are counted by the name they bear. A server whose ACKs bear another name is known by what the balancer got back,
 * which may have been no ACKs: it has at most those that bear no server's name. Of whole connections nothing is read:
 * there one such server has all of these, and of several nobody can say who has how many.
 */
export function withAcks(state: State): State {
	const {lives, servers, plan} = state;
	const all = totalOf(lives, clientsId, 'acked');
	const named = (server: ServerState) => totalOf(lives, clientsId, `acked/${server.name}`);
	const others = all - servers.reduce((sum, server) => sum + named(server), 0);
	const isByMessage = plan.balancer.mode === 'message';
	const isOther = (server: ServerState) => others > 0 && named(server) === 0 && (isByMessage || server.forwarded > 0);
	const isOnlyOther = servers.filter(isOther).length === 1;
	const ackedBy = (server: ServerState): number | null => {
		if (!isOther(server)) return named(server);
		if (isByMessage) return Math.min(totalOf(lives, balancerId, `${server.name}/answered`), others);
		return isOnlyOther ? others : null;
	};
	const acked = servers.map(ackedBy);
	const known = acked.reduce<number>((sum, count) => sum + (count ?? 0), 0);
	const whole = acked.includes(null) ? all : known;
	return {
		...state,
		servers: servers.map((server, index) => {
			const count = acked[index]!;
			return {...server, acked: count, share: count === null || whole === 0 ? null : count / whole};
		}),
	};
}
