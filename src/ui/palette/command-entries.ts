/** The commands of the run as entries of the palette: what `lbtop ctl` takes, read by the same grammar. */

import {closest} from 'fastest-levenshtein';
import type {Command} from '../../domain/command.ts';
import {type CommandType, commandForms, commandTypes, commandUsage} from '../../domain/command-forms.ts';
import {readCommand} from '../../domain/command-text.ts';
import {partCalled} from '../../domain/misfit.ts';
import {runParts} from '../../state/run-parts.ts';
import type {State} from '../../state/state.ts';
import {type PlainText, t} from '../../words/words.ts';
import {type Act, type KeyContext, viewAct} from '../keymap/key-row.ts';
import {allServers, commandCandidates, takesAll} from './candidates.ts';
import type {Entry} from './entry.ts';

const helps: Record<CommandType, PlainText> = {
	start: 'start, also before its backoff ends',
	stop: 'stop: SIGTERM, it finishes what it has',
	kill: 'kill: SIGKILL, at once',
	restart: 'restart: drain, stop, start, wait until ready',
	'kill-restart': 'kill and start',
	pause: 'pause: SIGSTOP',
	resume: 'resume what is paused (SIGCONT)',
	rate: 'messages a second that all clients together are asked for',
	algorithm: 'how the balancer chooses; nothing is lost',
	drain: 'drain: nothing new to it, what it has ends by itself',
	maint: 'maint: drain, and no health checks either',
	ready: 'ready: end drain or maint',
	weight: 'weight: its part of the work, 0 to 256',
	'add-server': 'one more server: of our own, of yours (command=), or one that runs elsewhere (HOST:PORT)',
	'remove-server': 'take a server out of the balancer; its process is left alone',
	address: 'the balancer reaches a server elsewhere from now on',
	fault: 'break a part on purpose; for=10s ends it',
	undo: 'undo the faults of a part, or all',
	quit: 'quit gently: what is in flight is finished',
};

export const commandEntries: Entry[] = commandTypes.map(type => ({
	name: commandForms[type].name,
	usage: commandUsage(type),
	help: helps[type],
	isOpen: commandForms[type].isOptional !== true,
	candidates: (argument, context) => commandCandidates(type, argument, context),
	run: (argument, context) => run(type, argument.trim(), context),
}));

function run(type: CommandType, argument: string, context: KeyContext): Act[] | string {
	const {live} = context;
	const line = `${commandForms[type].name} ${argument}`.trim();
	if (argument === allServers && takesAll(type)) return askForAll(type, live);
	const read = readCommand(line);
	if (!read.ok) return read.reason;
	const command = withPart(read.command, live);
	if (typeof command === 'string') return command;
	if (command.type === 'quit') return [{type: 'quit', now: command.now}];
	const question = questionOf(command, live);
	return question === undefined
		? [{type: 'send', command}]
		: viewAct({type: 'confirm', dialog: {question, commands: [command], isYes: false}});
}

/** The command with its part by its id, or why there is no such part. */
function withPart(command: Command, state: State): Command | string {
	if (!('part' in command) || command.part === undefined) return command;
	const parts = runParts(state);
	const part = partCalled(command.part, parts);
	if (part) return {...command, part: part.id};
	const names = parts.map(({id}) => id);
	return t("there is no '{name}'; did you mean '{other}'?", {name: command.part, other: closest(command.part, names)});
}

function askForAll(type: CommandType, {servers}: State): Act[] {
	const commands = servers.map(({id}) => ({type, part: id}) as Command);
	const question = t('{command} all {count} servers?', {command: commandForms[type].name, count: servers.length});
	return viewAct({type: 'confirm', dialog: {question, commands, isYes: false}});
}

/** What is asked before something that hurts: what is not ours, and everything at once. */
function questionOf(command: Command, {servers, faults}: State): string | undefined {
	if (command.type === 'undo' && command.part === undefined && faults.length > 1)
		return t('undo all {count} faults?', {count: faults.length});
	if (command.type !== 'remove-server' && command.type !== 'address') return undefined;
	const server = servers.find(({id}) => id === command.part);
	if (server?.process !== 'EXTERNAL') return undefined;
	const {name} = server;
	return command.type === 'address'
		? t('{name} is not ours: send its messages elsewhere?', {name})
		: t('{name} is not ours: take it out of the balancer?', {name});
}
