import type {Command} from '../domain/command.ts';
import {partCalled, type RunPart} from '../domain/misfit.ts';
import {auditId, serverId} from '../domain/plan.ts';
import {partsOf, type State} from './state.ts';

/** By the name that people see. */
const auditor: RunPart = {id: auditId, name: 'Log audit'};

/** All parts that something can be asked of, with what kind of server each is, if it is one. */
export function runParts(state: State): RunPart[] {
	const kinds = new Map(state.plan.servers.map(({kind}, index) => [serverId(index), kind]));
	const parts = partsOf(state).map(({id, name}): RunPart => {
		const kind = kinds.get(id);
		return kind === undefined ? {id, name} : {id, name, kind};
	});
	return [...parts, auditor];
}

/** The command with its part by ID, where it names one of this run. */
export function withPart<C extends Command>(command: C, state: State): C {
	if (!('part' in command) || command.part === undefined) return command;
	const part = partCalled(command.part, runParts(state));
	return part ? {...command, part: part.id} : command;
}
