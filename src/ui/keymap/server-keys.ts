import {type Administration, isAlive} from '../../domain/status.ts';
import type {ServerState} from '../../state/state.ts';
import {type PlainText, t} from '../../words/words.ts';
import {type KeyContext, type KeyRow, selectedPart, viewAct} from './key-row.ts';
import {endingRefusal} from './refusals.ts';

/** The keys that change how the balancer treats the selected server; its process is left alone. */
export const serverKeys: KeyRow[] = [
	administrationKey({
		key: 'D',
		type: 'drain',
		rank: 6,
		help: 'drain: nothing new to it, what it has ends by itself',
	}),
	administrationKey({key: 'd', type: 'maint', rank: 5, help: 'maint: drain, and no health checks either'}),
	administrationKey({key: 'e', type: 'ready', rank: 6, help: 'ready: end drain or maint'}),
	{
		name: 'weight',
		keys: ['w'],
		where: ['servers'],
		help: 'weight: its part of the work, 0 to 256',
		hint: {label: 'weight', rank: 5},
		refusal: refusalOf,
		act: context => {
			const {id: part, name} = selectedPart(context);
			return viewAct({type: 'ask', prompt: {kind: 'weight', part, name, text: ''}});
		},
	},
	{
		name: 'add-server',
		keys: ['n'],
		where: ['servers'],
		help: 'add a server: one more of our own is started and balanced over',
		hint: {label: 'add', rank: 4},
		refusal: labRefusal,
		act: () => [{type: 'send', command: {type: 'add-server'}}],
	},
];

type AdministrationKey = {key: string; type: Administration; rank: number; help: PlainText};

function administrationKey({key, type, rank, help}: AdministrationKey): KeyRow {
	return {
		name: type,
		keys: [key],
		where: ['servers'],
		help,
		hint: {label: () => type, rank},
		refusal: context => {
			const reason = refusalOf(context);
			if (reason !== undefined) return reason;
			const {name, administration} = selectedServer(context)!;
			return administration === type ? already[type](name) : undefined;
		},
		act: context => [{type: 'send', command: {type, part: selectedPart(context).id}}],
	};
}

const already: Record<Administration, (name: string) => string> = {
	drain: name => t('{name} is drained already', {name}),
	maint: name => t('{name} is in maint already', {name}),
	ready: name => t('{name} is ready already', {name}),
};

/** Why the balancer cannot be told anything about the selected part, in a sentence; undefined: it can. */
function refusalOf(context: KeyContext): string | undefined {
	const reason = labRefusal(context);
	if (reason !== undefined) return reason;
	const server = selectedServer(context);
	if (!server) return t('{name} is no server', {name: selectedPart(context).name});
	return server.administration === null
		? t("{name} is not among the balancer's servers", {name: server.name})
		: undefined;
}

function labRefusal({live: {phase, balancer}}: KeyContext): string | undefined {
	const ending = endingRefusal(phase);
	if (ending !== undefined) return ending;
	return isAlive(balancer.process)
		? undefined
		: t('the load balancer is {process}: it can be told nothing until it runs', {process: balancer.process});
}

/** The selected server as it is now, whatever a frozen display shows. */
function selectedServer(context: KeyContext): ServerState | undefined {
	const {id} = selectedPart(context);
	return context.live.servers.find(server => server.id === id);
}
