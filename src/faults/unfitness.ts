import {engines} from '../domain/engine.ts';
import {type Fault, type FaultTarget, faultTable} from '../domain/fault.ts';
import {balancerId, type PartId} from '../domain/plan.ts';
import type {ProcessStatus} from '../domain/status.ts';
import {partOf, partsOf, type State} from '../state/state.ts';
import {phrase} from '../words/words.ts';

/** Why a part cannot have a fault, in a sentence. */
export function unfitness(state: State, id: PartId, fault: Fault): string | undefined {
	if (state.phase === 'stopping' || state.phase === 'ended') return phrase('the run is ending');
	const part = partOf(state, id);
	if (!part)
		return phrase("there is no part '{part}'; there are {parts}", {
			...{
				part: id,
				parts: partsOf(state)
					.map(each => each.id)
					.join(', '),
			},
		});
	const {target} = faultTable[fault.kind];
	const {engine, servers} = {...state.plan.balancer, ...state.plan};
	const refusal = target === 'wire' ? engines[engine].refusals['wire-fault'] : undefined;
	if (refusal !== undefined) return phrase(refusal);
	const server = servers.find(({name}) => name === part.name);
	return reasons[target](part.name, server?.kind ?? id, part.process);
}

const reasons: Record<FaultTarget, (name: string, kind: string, status: ProcessStatus) => string | undefined> = {
	process: (name, kind) =>
		kind === 'external' ? phrase('{name} runs elsewhere: its process is not ours', {name}) : undefined,
	behaviour: (name, kind, status) => {
		if (kind === 'own')
			return canListen.has(status) ? undefined : phrase('{name} is not running ({status})', {name, status});
		return phrase("{name} is none of lbtop's own servers: only those can misbehave", {name});
	},
	wire: (name, kind) =>
		kind === balancerId
			? phrase('{name} has several wires: name a server, or clients for the wire to the clients', {name})
			: undefined,
};

const canListen = new Set<ProcessStatus>(['STARTING', 'READY', 'NOT-READY', 'PAUSED']);
