import {type FaultKind, type FaultTarget, faultKinds, faultTable} from '../../domain/fault.ts';
import {balancerId, clientsId, type PartId} from '../../domain/plan.ts';
import type {State} from '../../state/state.ts';

/** The faults that a part can have, in the table's order: what the lab would refuse is not offered. */
export function offeredFaults(state: State, part: PartId): FaultKind[] {
	const targets = targetsOf(state, part);
	return faultKinds.filter(kind => targets.includes(faultTable[kind].target));
}

function targetsOf({servers, plan}: State, part: PartId): FaultTarget[] {
	if (part === balancerId) return ['process'];
	if (part === clientsId) return ['process', 'wire'];
	const name = servers.find(({id}) => id === part)?.name;
	const kind = plan.servers.find(server => server.name === name)?.kind;
	if (kind === 'own') return ['process', 'behaviour', 'wire'];
	return kind === 'command' ? ['process', 'wire'] : ['wire'];
}
