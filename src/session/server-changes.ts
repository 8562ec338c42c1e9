/** What people ask of the balancer's servers: whether it can be done, what one would type, and what is to be told to whom. */

import type {BalancedServer} from '../domain/balanced-server.ts';
import type {CommandResult, PartCommand, ServerCommand} from '../domain/command.ts';
import {mostServers, type ServerPlan} from '../domain/plan.ts';
import {formatAddress, formatServerFields, kindOf} from '../domain/server-spec.ts';
import {shellWord} from '../domain/shell-word.ts';
import {isAlive} from '../domain/status.ts';
import type {ServerState, State} from '../state/state.ts';
import {phrase} from '../words/words.ts';

type AddCommand = Extract<ServerCommand, {type: 'add-server'}>;
type ChangeCommand = Exclude<ServerCommand, AddCommand>;

type Refusal = Extract<CommandResult, {ok: false}>;

/** What a command about a server of the run comes to as things stand: a word to the balancer. */
export function planChange(
	command: ChangeCommand,
	state: State,
): {ok: true; echo: string; tell: PartCommand} | Refusal {
	const server = state.servers.find(({id}) => id === command.part)!;
	const reason = unfitness(state) ?? absence(server);
	if (reason !== undefined) return refuse(reason);
	const {name, id} = server;
	switch (command.type) {
		case 'drain':
		case 'maint':
		case 'ready':
			return {ok: true, echo: `lbtop ctl ${command.type} ${id}`, tell: {type: command.type, server: name}};
		case 'weight': {
			const {weight} = command;
			return {ok: true, echo: `lbtop ctl weight ${id} ${weight}`, tell: {type: 'weight', server: name, weight}};
		}
		case 'address': {
			const {host, port} = command;
			const echo = `lbtop ctl servers address ${id} ${formatAddress(command)}`;
			return {ok: true, echo, tell: {type: 'address', server: name, host, port}};
		}
		case 'remove-server':
			return {ok: true, echo: `lbtop ctl servers remove ${id}`, tell: {type: 'remove-server', server: name}};
	}
}

/**
 * What `add-server` comes to: a further server of the run (`port` 0: to be found), or, `isKnown`, one whose process is
 * there and that the balancer is to have again.
 */
export function planAddition(
	command: AddCommand,
	state: State,
	lastNumber: number,
): {ok: true; echo: string; server: ServerPlan; isKnown: boolean} | Refusal {
	const name = command.name ?? freeName(state, lastNumber + 1);
	const known = state.servers.find(server => server.name === name);
	if (known && known.administration !== null)
		return refuse(phrase("there is a server '{name}' already; give another name=NAME", {name}));
	const reason = unfitness(state);
	if (reason !== undefined) return refuse(reason);
	if (command.port !== undefined && command.command !== undefined)
		return refuse(phrase('a server is reached at HOST:PORT or started by a command, not both'));
	if (!known && state.servers.length >= mostServers)
		return refuse(phrase('a lab has at most {number} servers', {number: mostServers}));
	const {weight = 1, port, host = state.plan.balancer.host} = command;
	const spec = formatServerFields(command);
	if (known && port === undefined)
		return refuse(phrase("{name} runs already; 'servers add HOST:PORT,name={name}' adds it again", {name}));
	const limit = command.maxconn === undefined ? {} : {maxconn: command.maxconn};
	const server: ServerPlan = {
		...{name, host, weight, ...limit},
		kind: kindOf(command),
		port: port ?? 0,
		...(command.command === undefined ? {} : {command: command.command}),
	};
	return {
		ok: true,
		echo: `lbtop ctl servers add${spec === '' ? '' : ` ${shellWord(spec)}`}`,
		server,
		isKnown: known !== undefined,
	};
}

/** The balancer's servers as it has said last. */
export function balancedServers({servers}: State): BalancedServer[] {
	return servers.flatMap(({name, host, port, weight, maxconn, administration}) => {
		const limit = maxconn === undefined ? {} : {maxconn};
		return administration === null ? [] : [{name, host, port, weight, ...limit, administration}];
	});
}

/** Why the balancer can be told nothing; undefined: it can. */
function unfitness({phase, balancer}: State): string | undefined {
	if (phase === 'stopping' || phase === 'ended') return phrase('the run is ending');
	return isAlive(balancer.process)
		? undefined
		: phrase('the load balancer is {status}: it can be told nothing', {status: balancer.process});
}

function absence({administration, name}: ServerState): string | undefined {
	return administration === null
		? phrase("{name} is not among the balancer's servers; 'servers add' adds it", {name})
		: undefined;
}

function refuse(reason: string): Refusal {
	return {ok: false, reason};
}

function freeName({servers}: State, from: number): string {
	for (let number = from; ; number++)
		if (!servers.some(({name}) => name === `Server ${number}`)) return `Server ${number}`;
}
