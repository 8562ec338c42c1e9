import type {Command} from '../domain/command.ts';
import {shellWord} from '../domain/shell-word.ts';
import {phrase} from '../words/words.ts';
import {placeText, type RuntimePlace} from './runtime-place.ts';

/** What a command is to HAProxy, or why it is nothing to it. `server`: `backend/server`. */
export function orderOf(command: Command, servers: string[]): {line: string} | {reason: string} {
	switch (command.type) {
		case 'drain':
		case 'maint':
		case 'ready':
			return named(command.part, servers, `state ${command.type}`);
		case 'weight':
			return named(command.part, servers, `weight ${command.weight}`);
		default:
			return {
				reason: phrase('the balancer runs elsewhere: it can be told drain, maint, ready and weight, nothing else'),
			};
	}
}

function named(id: string, servers: string[], change: string) {
	if (!servers.includes(id))
		return {
			reason: phrase("there is no server '{server}'; there are {servers}", {server: id, servers: servers.join(', ')}),
		};
	// A name with a blank or `;` in it would be another command.
	if (!/^[\w.:-]+\/[\w.:-]+$/.test(id))
		return {reason: phrase("'{server}' is no name that its commands take", {server: id})};
	return {line: `set server ${id} ${change}`};
}

/** What one would type for the same. */
export function echoOf(line: string, place: RuntimePlace): string {
	const to = 'path' in place ? place.path : `TCP:${placeText(place)}`;
	return `echo "${line}" | socat - ${shellWord(to)}`;
}
