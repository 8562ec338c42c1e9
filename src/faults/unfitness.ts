import {type Fault, type FaultTarget, faultTable} from '../domain/fault.ts';
import {balancerId, type PartId} from '../domain/plan.ts';
import type {ProcessStatus} from '../domain/status.ts';
import {partsOf, type State} from '../state/state.ts';

/** Why a part cannot have a fault, in a sentence. */
export function unfitness(state: State, id: PartId, fault: Fault): string | undefined {
	if (state.phase === 'stopping' || state.phase === 'ended') return 'the run is ending';
	const part = partsOf(state).find(each => each.id === id);
	if (!part)
		return `there is no part '${id}'; there are ${partsOf(state)
			.map(each => each.id)
			.join(', ')}`;
	const server = state.plan.servers.find(({name}) => name === part.name);
	return reasons[faultTable[fault.kind].target](part.name, server?.kind ?? id, part.process);
}

const reasons: Record<FaultTarget, (name: string, kind: string, status: ProcessStatus) => string | undefined> = {
	process: (name, kind) => (kind === 'external' ? `${name} runs elsewhere: its process is not ours` : undefined),
	behaviour: (name, kind, status) => {
		if (kind === 'own') return canListen.has(status) ? undefined : `${name} is not running (${status})`;
		return `${name} is none of lbtop's own servers: only those can misbehave`;
	},
	wire: (name, kind) =>
		kind === balancerId
			? `${name} has several wires: name a server, or clients for the wire to the clients`
			: undefined,
};

const canListen = new Set<ProcessStatus>(['STARTING', 'READY', 'NOT-READY', 'PAUSED']);
