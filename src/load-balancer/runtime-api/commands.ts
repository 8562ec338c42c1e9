/**
 * The commands of the runtime API, a row each: HAProxy's words for what they are, and what they do. Answers and errors
 * are HAProxy's too (2.6), so that what was written for it takes them as they are.
 */

import {mostMaxconn} from '../../domain/balanced-server.ts';
import type {Administration} from '../../domain/status.ts';
import type {Administrator} from '../administrator.ts';
import {readTarget, readWeight} from './command-line.ts';
import {type Figures, proxy, type ServerFigures} from './figures.ts';
import {infoText, type ProcessFacts} from './info.ts';
import {serversConn, serversState} from './servers.ts';
import {readStatFilter, statFormats, statRows} from './stat.ts';

/** What the commands work on. `figures` are taken anew for each answer. */
type Surroundings = {
	figures(): Figures;
	facts: ProcessFacts;
	administrator: Pick<Administrator, 'administer' | 'setWeight' | 'setMaxconn' | 'setAddress'>;
	/** Ends what is under way with a server, at once. */
	shutdownSessions(name: string): void;
	/** Called when something has been changed. */
	done(): void;
};

/** `words` begin the command; `rest` is what follows them. An answer is whole lines, or nothing. */
type Command = {
	words: string[];
	/** As `help` shows it: what follows the words, and what it is for. */
	follows: string;
	help: string;
	run(rest: string[], surroundings: Surroundings): string;
};

const line = (text: string) => `${text}\n`;

/** Does something with the server a word names, or says in HAProxy's words that there is none. */
function withServer(
	word: string | undefined,
	surroundings: Surroundings,
	act: (server: ServerFigures) => string,
): string {
	const target = readTarget(word);
	if (!target) return line("Require 'backend/server'.");
	if (target.backend !== proxy.name && target.backend !== `#${proxy.backendId}`) return line('No such backend.');
	const {servers} = surroundings.figures();
	const found = servers.find(({name, listed}) => [name, listed.name, `#${listed.id}`].includes(target.server));
	return found ? act(found) : line('No such server.');
}

function administer(word: string | undefined, surroundings: Surroundings, administration: Administration): string {
	return withServer(word, surroundings, ({listed}) => {
		surroundings.administrator.administer(listed.name, administration);
		surroundings.done();
		return '';
	});
}

function setWeight(word: string | undefined, surroundings: Surroundings, text: string | undefined): string {
	return withServer(word, surroundings, ({listed}) => {
		const weight = readWeight(text, listed.initialWeight);
		if (typeof weight === 'string') return line(weight);
		surroundings.administrator.setWeight(listed.name, weight);
		surroundings.done();
		return '';
	});
}

/** What `set server b/s …` can set. */
const serverSettings: Record<string, (target: string | undefined, rest: string[], all: Surroundings) => string> = {
	state: (target, [state], all) => {
		const found = (['ready', 'drain', 'maint'] as const).find(each => each === state);
		return found
			? administer(target, all, found)
			: line("'set server <srv> state' expects 'ready', 'drain' and 'maint'.");
	},
	weight: (target, [text], all) => setWeight(target, all, text),
	addr: (target, [host = '', word, portText], all) =>
		withServer(target, all, ({listed}) => {
			const port = word === 'port' ? Number(portText) : listed.port;
			if (!/^[\d.]+$|^[\da-fA-F:.]*:[\da-fA-F:.]*$/.test(host)) return line(`Invalid addr '${host}'`);
			if (!Number.isInteger(port) || port < 1 || port > 65_535) return line('provided port is not an integer');
			if (host === listed.host && port === listed.port) return line('no need to change the addr');
			all.administrator.setAddress(listed.name, {host, port});
			all.done();
			return line(`${listed.host}:${listed.port} changed to ${host}:${port} by 'stats socket command'`);
		}),
};

const commands: Command[] = [
	{
		words: ['disable', 'server'],
		follows: ' (DEPRECATED)',
		help: "disable a server for maintenance (use 'set server' instead)",
		run: ([target], all) => administer(target, all, 'maint'),
	},
	{
		words: ['enable', 'server'],
		follows: '  (DEPRECATED)',
		help: "enable a disabled server (use 'set server' instead)",
		run: ([target], all) => administer(target, all, 'ready'),
	},
	{
		words: ['get', 'weight'],
		follows: ' <bk>/<srv>',
		help: "report a server's current weight",
		run: ([target], all) =>
			withServer(target, all, ({listed}) => line(`${listed.weight} (initial ${listed.initialWeight})`)),
	},
	{
		words: ['set', 'maxconn', 'server'],
		follows: ' <bk>/<srv>',
		help: "change a server's maxconn setting",
		run: ([target, text], all) =>
			withServer(target, all, ({listed}) => {
				if (text === undefined) return line('Require <maxconn>.');
				if (!/^\d{1,8}$/.test(text) || Number(text) > mostMaxconn)
					return line('maxconn string empty or preceded by garbage');
				all.administrator.setMaxconn(listed.name, Number(text) || undefined);
				all.done();
				return '';
			}),
	},
	{
		words: ['set', 'server'],
		follows: ' <bk>/<srv> [opts]',
		help: "change a server's state, weight or address",
		run: ([target, what = '', ...rest], all) =>
			withServer(target, all, () =>
				Object.hasOwn(serverSettings, what)
					? serverSettings[what]!(target, rest, all)
					: line(`usage: set server <backend>/<server> ${Object.keys(serverSettings).sort().join(' | ')}`),
			),
	},
	{
		words: ['set', 'weight'],
		follows: ' <bk>/<srv>  (DEPRECATED)',
		help: "change a server's weight (use 'set server' instead)",
		run: ([target, text], all) => setWeight(target, all, text),
	},
	{
		words: ['show', 'info'],
		follows: ' [json|typed]*',
		help: 'report information about the running process',
		run: ([format], {figures, facts}) =>
			infoText(format === 'typed' || format === 'json' ? format : 'plain', figures(), facts),
	},
	{
		words: ['show', 'servers', 'conn'],
		follows: ' [<backend>]',
		help: 'dump server connections status (all or for a single backend)',
		run: ([backend], {figures}) => (isOurs(backend) ? serversConn(figures()) : line("Can't find backend.")),
	},
	{
		words: ['show', 'servers', 'state'],
		follows: ' [<backend>]',
		help: 'dump volatile server information (all or for a single backend)',
		run: ([backend], {figures}) => (isOurs(backend) ? serversState(figures()) : line("Can't find backend.")),
	},
	{
		words: ['show', 'stat'],
		follows: ' [json|no-maint|typed|up]*',
		help: 'report counters for each proxy and server',
		run: (rest, {figures}) => {
			const filter = readStatFilter(rest);
			const format = (['typed', 'json'] as const).find(each => filter.words.includes(each)) ?? 'csv';
			return statFormats[format](statRows(figures(), filter));
		},
	},
	{
		words: ['show', 'version'],
		follows: '',
		help: 'show version of the current process',
		run: (_, {facts}) => line(facts.version),
	},
	{
		words: ['shutdown', 'sessions', 'server'],
		follows: ' <bk>/<srv>',
		help: 'kill sessions on a server',
		run: ([target], all) =>
			withServer(target, all, ({listed}) => {
				all.shutdownSessions(listed.name);
				all.done();
				return '';
			}),
	},
];

type Listed = Pick<Command, 'words' | 'follows' | 'help'>;

/** Those that concern the conversation itself; they are carried out there. */
const ownCommands: Listed[] = [
	{words: ['help'], follows: ' [<command>]', help: 'list matching or all commands'},
	{words: ['prompt'], follows: '', help: 'toggle interactive mode with prompt'},
	{words: ['quit'], follows: '', help: 'disconnect'},
];

/** Answers one command. `note` is told of each that changed something. */
export function answerCommand(
	words: string[],
	surroundings: Omit<Surroundings, 'done'>,
	note: (command: string) => void,
): string {
	if (words[0] === 'help') return `The following commands are valid at this level:\n${listing(words.slice(1))}`;
	const command = commands.find(each => each.words.every((word, place) => word === words[place]));
	if (command)
		return command.run(words.slice(command.words.length), {...surroundings, done: () => note(words.join(' '))});
	return matching(words).length > 0
		? `Unknown command, but maybe one of the following ones is a better match:\n${listing(words)}`
		: `Unknown command. Please enter one of the following commands only:\n${listing([])}`;
}

function isOurs(backend: string | undefined): boolean {
	return backend === undefined || backend === proxy.name || backend === `#${proxy.backendId}`;
}

/** The commands that begin with the same words, as far as there are any. */
function matching(words: string[]): Command[] {
	for (let count = words.length; count > 0; count--) {
		const some = commands.filter(each => words.slice(0, count).every((word, place) => each.words[place] === word));
		if (some.length > 0) return some;
	}
	return [];
}

function listing(words: string[]): string {
	const shown: Listed[] = words.length === 0 ? commands : matching(words);
	return [...shown, ...ownCommands]
		.map(({words: own, follows, help}) => line(`  ${`${own.join(' ')}${follows}`.padEnd(40)}: ${help}`))
		.join('');
}
