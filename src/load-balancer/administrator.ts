/**
 * What people change of a running balancer's servers, by whichever way it comes: a key or `ctl` over the lab's channel,
 * the runtime API, a file. Nothing under way is cut by any of it.
 */

import type {BalancedServer} from '../domain/balanced-server.ts';
import type {PartCommand} from '../domain/command.ts';
import type {PartEvent} from '../domain/event.ts';
import {formatAddress} from '../domain/server-spec.ts';
import type {Route} from '../domain/status.ts';
import {phrase} from '../words/words.ts';
import type {Backend, Backends} from './backends.ts';
import type {ServerAddress} from './settings.ts';

/** A server and how it stands. `id` is no other server's, ever, from 1; `initialWeight` is what it was given first. */
export type ListedServer = BalancedServer & {id: number; initialWeight: number; route: Route};

/** Names that could not be obeyed give false: there is no such server, or (`add`) there is one already. */
export type Administrator = {
	/** Those that stay; one that was removed and still answers what it has is not among them. */
	list(): ListedServer[];
	administer(name: string, administration: BalancedServer['administration']): boolean;
	setWeight(name: string, weight: number): boolean;
	setMaxconn(name: string, maxconn: number | undefined): boolean;
	setAddress(name: string, address: {host: string; port: number}): boolean;
	add(server: ServerAddress): boolean;
	remove(name: string): boolean;
	/** Why `become` could not be carried out for one of these names; undefined: it can. */
	hindrance(name: string): string | undefined;
	/**
	 * Makes the servers be these: what is new is added, what is not named is removed, the rest is changed where it differs
	 * and keeps its counts. Without an `administration` a server keeps the one it has. Says what was done.
	 */
	become(wanted: WantedServer[]): string;
};

type WantedServer = ServerAddress & {administration?: BalancedServer['administration']};

/** `emit` gets `servers-changed` after each change, with a sentence where no `route-changed` has told of it. */
export function createAdministrator(backends: Backends, emit: (event: PartEvent) => void): Administrator {
	const initialWeights = new Map<Backend, number>(backends.all.map(backend => [backend, backend.userWeight]));
	let leaving: Backend[] = [];

	const staying = () => {
		leaving = leaving.filter(backend => backends.all.includes(backend));
		return leaving.length === 0 ? backends.all : backends.all.filter(backend => !leaving.includes(backend));
	};

	const find = (name: string) => staying().find(backend => backend.name === name);

	const list = () => staying().map(toListed);

	const toListed = (backend: Backend): ListedServer => {
		const {index, route} = backend;
		return {id: index + 1, initialWeight: initialWeights.get(backend) ?? backend.userWeight, route, ...told(backend)};
	};

	const tell = (cause: string) => {
		emit({type: 'servers-changed', servers: staying().map(told), cause});
	};

	const administer = (name: string, administration: BalancedServer['administration']) => {
		const route = find(name)?.route.state;
		if (!backends.administer(name, administration)) return false;
		tell(find(name)?.route.state === route ? `${name}: ${administration}` : ''); // as the command has it
		return true;
	};

	const setWeight = (name: string, weight: number) => {
		if (!backends.setWeight(name, weight)) return false;
		tell(phrase('{name}: weight {weight}', {name, weight}));
		return true;
	};

	const setMaxconn = (name: string, maxconn: number | undefined) => {
		if (!backends.setMaxconn(name, maxconn)) return false;
		tell(
			maxconn === undefined
				? phrase('{name}: maxconn as for all', {name})
				: phrase('{name}: maxconn {number}', {name, number: maxconn}),
		);
		return true;
	};

	const setAddress = (name: string, address: {host: string; port: number}) => {
		if (!backends.setAddress(name, address.host, address.port)) return false;
		tell(phrase('{name} is at {address} now', {name, address: formatAddress(address)}));
		return true;
	};

	const enter = ({name, host, port, weight, maxconn}: ServerAddress) => {
		if (!backends.add({name, host, port, weight, ...(maxconn === undefined ? {} : {maxconn})})) return false;
		initialWeights.set(find(name)!, weight);
		return true;
	};

	const leave = (name: string) => {
		const backend = find(name);
		if (!backend || !backends.remove(name)) return false;
		initialWeights.delete(backend);
		leaving.push(backend);
		return true;
	};

	const add = (server: ServerAddress) => {
		if (!enter(server)) return false;
		tell(phrase('{name} added at {address}', {name: server.name, address: formatAddress(server)}));
		return true;
	};

	const remove = (name: string) => {
		const backend = find(name);
		if (!backend || !leave(name)) return false;
		tell(backends.all.includes(backend) ? phrase('{name} leaves when it has answered what it has', {name}) : '');
		return true;
	};

	/** What differs between a server and what is wanted of it is changed; true: something was. */
	const adapt = (known: BalancedServer, {administration, ...wanted}: WantedServer) => {
		const {name, host, port, weight, maxconn} = wanted;
		const isMoved = known.host !== host || known.port !== port;
		const changes = [
			isMoved && backends.setAddress(name, host, port),
			known.weight !== weight && backends.setWeight(name, weight),
			known.maxconn !== maxconn && backends.setMaxconn(name, maxconn),
			administration !== undefined &&
				known.administration !== administration &&
				backends.administer(name, administration),
		];
		return changes.some(Boolean);
	};

	const become = (wanted: WantedServer[]) => {
		const known = new Map(list().map(server => [server.name, server]));
		const names = new Set(wanted.map(({name}) => name));
		const gone = [...known.keys()].filter(name => !names.has(name) && leave(name));
		let [added, changed] = [0, 0];
		for (const server of wanted) {
			const one = known.get(server.name);
			if (one) changed += adapt(one, server) ? 1 : 0;
			else if (enter(server)) {
				added++;
				if (server.administration && server.administration !== 'ready')
					backends.administer(server.name, server.administration);
			}
		}
		const done = phrase('{added} added, {changed} changed, {removed} removed', {added, changed, removed: gone.length});
		tell('');
		return done;
	};

	return {
		...{list, administer, setWeight, setMaxconn, setAddress, add, remove, become},
		hindrance: name =>
			leaving.some(backend => backend.name === name) && !find(name) && backends.all.some(each => each.name === name)
				? phrase("'{name}' is leaving and still has something to answer; try again when it is gone", {name})
				: undefined,
	};
}

function told({name, host, port, userWeight: weight, userMaxconn: maxconn, administration}: Backend): BalancedServer {
	return {name, host, port, weight, ...(maxconn === undefined ? {} : {maxconn}), administration};
}

/** Does what came over the lab's channel, or says in a sentence why not. */
export function obey(administrator: Administrator, command: PartCommand): string | undefined {
	switch (command.type) {
		case 'ready':
		case 'drain':
		case 'maint':
			return unless(administrator.administer(command.server, command.type), command.server);
		case 'weight':
			return unless(administrator.setWeight(command.server, command.weight), command.server);
		case 'address':
			return unless(administrator.setAddress(command.server, command), command.server);
		case 'remove-server':
			return unless(administrator.remove(command.server), command.server);
		case 'add-server': {
			const {name} = command.server;
			if (administrator.add(command.server)) return undefined;
			const known = phrase("there is a server '{name}' already", {name});
			return phrase('not added: {why}', {why: administrator.hindrance(name) ?? known});
		}
		case 'become':
			administrator.become(command.servers);
			return undefined;
		case 'rate':
		case 'algorithm':
		case 'fault':
		case 'end-fault':
			return undefined; // no server's affair
	}
}

function unless(isDone: boolean, name: string): string | undefined {
	return isDone ? undefined : phrase("there is no server '{name}'", {name});
}
