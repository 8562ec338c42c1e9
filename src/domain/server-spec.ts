/** A server as users write it: where it runs, or the command that starts one. */

import {t} from '../words/words.ts';
import {maxWeight, mostMaxconn, serverNamePattern} from './balanced-server.ts';
import type {ServerPlan} from './plan.ts';

/** Not yet named or placed: the plan does that. */
export type ServerSpec = {
	name?: string;
	weight: number;
	maxconn?: number;
	host?: string;
	port?: number;
	command?: string;
};

/** How a server is run by what is said of it: at an address it runs elsewhere, with a command that is run, else it is lbtop's own. */
export function kindOf({port, command}: {port?: number | undefined; command?: string | undefined}): ServerPlan['kind'] {
	if (port !== undefined) return 'external';
	return command === undefined ? 'own' : 'command';
}

const examples = () =>
	t('Examples: {first} or {second}', {
		first: '127.0.0.1:9001,name=A,weight=2',
		second: "'name=A,command=node server.js {port}'",
	});

/**
 * Reads `HOST:PORT[,name=NAME][,weight=N][,maxconn=N]` or `name=NAME,command=CMD[,weight=N][,maxconn=N]`; a comma in CMD
 * is its own. Throws with what is wrong.
 */
export function parseServerSpec(text: string): ServerSpec {
	const spec = parseServerFields(text);
	if (spec.command === undefined && spec.port === undefined)
		invalid(`${t('It names neither HOST:PORT nor command=.')} ${examples()}`);
	return spec;
}

/** The same where a server that is neither elsewhere nor a command is one of lbtop's own: `name=C,weight=2`. */
export function parseServerFields(text: string): ServerSpec {
	const spec: ServerSpec = {weight: 1};
	const read = new Set<string>();
	const readOnce = (field: string) => {
		const key = field.includes('=') ? field.slice(0, field.indexOf('=')) : 'HOST:PORT';
		readField(spec, field);
		if (read.has(key)) invalid(`${t('It says {key} twice.', {key})} ${examples()}`);
		read.add(key);
	};
	let rest = text;
	for (let last = lastField(rest); last; last = lastField(rest)) {
		readOnce(last[1]!);
		rest = rest.slice(0, last.index);
	}
	const command = /(?:^|,)command=(.*)$/s.exec(rest);
	if (command) {
		if (!command[1]!.trim()) invalid(`${t('command= is empty.')} ${examples()}`);
		spec.command = command[1]!;
		rest = rest.slice(0, command.index);
	}
	for (const field of rest.split(',').filter(Boolean)) readOnce(field);
	if (spec.command !== undefined && spec.port !== undefined)
		invalid(`${t('It names both HOST:PORT and command=.')} ${examples()}`);
	return spec;
}

/** A server of which anything may be unsaid. */
type AsAsked = {[K in keyof ServerSpec]?: ServerSpec[K] | undefined};

/** The text that {@link parseServerFields} takes back; empty where nothing is said. */
export function formatServerFields({name, weight = 1, maxconn, host, port, command}: AsAsked): string {
	return [
		...(host === undefined || port === undefined ? [] : [formatAddress({host, port})]),
		...(name === undefined ? [] : [`name=${name}`]),
		...(command === undefined ? [] : [`command=${command}`]),
		...(weight === 1 ? [] : [`weight=${weight}`]),
		...(maxconn === undefined ? [] : [`maxconn=${maxconn}`]),
	].join(',');
}

/** A field that may also follow a command. */
const lastField = (text: string) => /,((?:weight|maxconn)=[^,]*)$/.exec(text);

function readField(spec: ServerSpec, field: string) {
	const [key, value] = field.includes('=')
		? [field.slice(0, field.indexOf('=')), field.slice(field.indexOf('=') + 1)]
		: ['', field];
	switch (key) {
		case '':
			Object.assign(spec, parseAddress(value));
			return;
		case 'name':
			if (!serverNamePattern.test(value))
				invalid(t("name '{name}' is not 1-32 letters, digits, spaces, '.', '_' or '-'.", {name: value}));
			spec.name = value;
			return;
		case 'weight':
			spec.weight = parseWeight(value);
			return;
		case 'maxconn':
			spec.maxconn = parseMaxconn(value);
			return;
		default:
			invalid(`${t("'{key}' is not one of name, weight, maxconn, command.", {key})} ${examples()}`);
	}
}

/** Reads `HOST:PORT`; an IPv6 host stands in brackets. Throws with what is wrong. */
export function parseAddress(text: string): {host: string; port: number} {
	const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]\s]+)):(\d{1,5})$/.exec(text);
	const port = Number(match?.[3]);
	if (!match || port < 1 || port > 65_535) invalid(t("'{text}' is not HOST:PORT, such as 127.0.0.1:9001.", {text}));
	return {host: match[1] ?? match[2]!, port};
}

/** The text that {@link parseAddress} takes back. */
export function formatAddress({host, port}: {host: string; port: number}): string {
	return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

function parseWeight(text: string): number {
	const weight = Number(text);
	if (!/^\d+$/.test(text) || weight > maxWeight)
		invalid(t("weight '{text}' is not a whole number from 0 to {most}.", {text, most: maxWeight}));
	return weight;
}

function parseMaxconn(text: string): number {
	const maxconn = Number(text);
	if (!/^\d+$/.test(text) || maxconn < 1 || maxconn > mostMaxconn)
		invalid(t("maxconn '{text}' is not a whole number from 1 to {most}.", {text, most: mostMaxconn}));
	return maxconn;
}

function invalid(why: string): never {
	throw new Error(why);
}
