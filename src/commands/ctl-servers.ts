/** What `lbtop ctl` can ask about a lab's servers as the balancer sees them. */

import {UsageError} from '../cli/option.ts';
import type {ControlRequest} from '../control/protocol.ts';
import {maxWeight} from '../domain/balanced-server.ts';
import {parseAddress, parseServerSpec} from '../domain/server-spec.ts';
import {administrations} from '../domain/status.ts';

/** Each row: what follows the verb (in brackets: may be left out), and the request it makes. */
export type Verb = {wants: string; request: (argument: string) => ControlRequest};

const weight: Verb = {
	wants: 'SERVER N',
	request: argument => {
		const {first: part, last} = split('weight SERVER N', argument);
		const number = Number(last);
		if (!/^\d+$/.test(last) || number > maxWeight)
			throw new UsageError(`ctl weight '${last}': it is a whole number from 0 to ${maxWeight}`);
		return {type: 'weight', part, weight: number};
	},
};

export const serverVerbs: Record<string, Verb> = {
	...Object.fromEntries(
		administrations.map(type => [type, {wants: 'SERVER', request: (part: string): ControlRequest => ({type, part})}]),
	),
	weight,
	'servers list': {wants: '', request: () => ({type: 'status'})},
	'servers add': {wants: '[SPEC]', request: argument => ({type: 'add-server', ...specOf(argument)})},
	'servers remove': {wants: 'SERVER', request: part => ({type: 'remove-server', part})},
	'servers weight': weight,
	'servers address': {
		wants: 'SERVER HOST:PORT',
		request: argument => {
			const {first: part, last} = split('servers address SERVER HOST:PORT', argument);
			return {type: 'address', part, ...parsed(last, parseAddress)};
		},
	},
};

/** Without a SPEC: one more of lbtop's own. */
function specOf(argument: string) {
	return argument === '' ? {} : parsed(argument, parseServerSpec);
}

function parsed<T>(text: string, parse: (text: string) => T): T {
	try {
		return parse(text);
	} catch (error) {
		throw new UsageError(`ctl servers '${text}': ${(error as Error).message}`);
	}
}

/** A server's name may have spaces; what follows it has none. */
function split(usage: string, argument: string): {first: string; last: string} {
	const at = argument.lastIndexOf(' ');
	if (at < 0) throw new UsageError(`ctl: it is 'lbtop ctl ${usage}'`);
	return {first: argument.slice(0, at).trim(), last: argument.slice(at + 1)};
}
