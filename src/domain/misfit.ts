/** What cannot be asked of a run, however it stands: told of a scenario's steps before it begins, and at the run's door. */

import {phrase} from '../words/words.ts';
import type {Command} from './command.ts';
import {commandForms} from './command-forms.ts';
import {type EngineName, engines} from './engine.ts';
import {type FaultTarget, faultTable} from './fault.ts';
import {auditId, balancerId, type PartId, type ServerPlan} from './plan.ts';

/** A part of a run; `kind`: of a server, how it is run. */
export type RunPart = {id: PartId; name: string; kind?: ServerPlan['kind']};

/** The run that is asked: its parts, the auditor among them, and who balances. */
type Asked = {parts: RunPart[]; engine: EngineName};

/** The part that someone means: people say `Server 1`, in any case, the run says `server-1`. */
export function partCalled(text: string, parts: RunPart[]): RunPart | undefined {
	const wanted = text.trim().toLowerCase();
	return parts.find(({id, name}) => id === wanted || name.toLowerCase() === wanted);
}

/** Why this command fits no such run, in a sentence; undefined: it may be asked. */
export function misfit(command: Command, {parts, engine}: Asked): string | undefined {
	const {refusals} = engines[engine];
	const refusal = refusals[command.type];
	if (refusal !== undefined) return phrase(refusal);
	if (!('part' in command) || command.part === undefined) return undefined;
	const isFault = command.type === 'fault' || command.type === 'undo';
	const known = isFault ? parts.filter(({id}) => id !== auditId) : parts;
	const part = partCalled(command.part, known);
	if (commandForms[command.type].parameters[0] === 'server')
		return part?.kind === undefined ? noServer(command.part, parts) : undefined;
	if (!part)
		return phrase("there is no part '{part}'; there are {parts}", {
			...{part: command.part, parts: known.map(({id}) => id).join(', ')},
		});
	if (command.type === 'undo') return undefined;
	if (command.type !== 'fault') return faultMisfits.process(part);
	const {target} = faultTable[command.fault.kind];
	return target === 'wire' && refusals['wire-fault'] !== undefined
		? phrase(refusals['wire-fault'])
		: faultMisfits[target](part);
}

/** Why a part can have no fault that takes hold of this; the first is also why nothing can be asked of its process. */
const faultMisfits: Record<FaultTarget, (part: RunPart) => string | undefined> = {
	process: ({name, kind}) =>
		kind === 'external' ? phrase('{name} runs elsewhere: its process is not ours', {name}) : undefined,
	behaviour: ({name, kind}) =>
		kind === 'own' ? undefined : phrase("{name} is none of lbtop's own servers: only those can misbehave", {name}),
	wire: ({id, name}) =>
		id === balancerId
			? phrase('{name} has several wires: name a server, or clients for the wire to the clients', {name})
			: undefined,
};

function noServer(server: string, parts: RunPart[]): string {
	const servers = parts
		.filter(({kind}) => kind !== undefined)
		.map(nameOf)
		.join(', ');
	return phrase("there is no server '{server}'; there are {servers}", {server, servers});
}

/** As one writes it in a command, and as one has called it where that is something else. */
function nameOf({id, name}: RunPart): string {
	return name.toLowerCase().replaceAll(' ', '-') === id ? id : `${id} (${name})`;
}
