/** From options to a plan: names, places and free ports for everything that is going to run. */

import {optionName, type Parsed, toArguments, UsageError} from '../cli/option.ts';
import {balancerSettings} from '../cli/options/balancer.ts';
import {clientsSettings, depthOf} from '../cli/options/clients.ts';
import type {planOptions} from '../cli/options/index.ts';
import {serverOptions, serverSettings} from '../cli/options/server.ts';
import {statsSocketPath} from '../control/socket-path.ts';
import type {Plan, ServerPlan} from '../domain/plan.ts';
import {formatAddress, type ServerSpec} from '../domain/server-spec.ts';
import {errorWords} from '../domain/system-error.ts';
import {enginePrograms} from '../engines/engines.ts';
import {claimFreePort, claimPort} from '../orchestrator/port-claims.ts';
import {phrase, t, told} from '../words/words.ts';

/** What the options of a plan came to. */
export type PlanValues = Parsed<typeof planOptions>;

/** `fixedPorts`: named by the user; a run never moves away from them. `notes`: what was decided otherwise than asked. */
export type Planned = {plan: Plan; fixedPorts: Set<number>; notes: string[]};

const defaultPort = 9000;

/** Makes the plan. Throws {@link UsageError} with exit code 4 when a port the user named is taken. */
export async function makePlan({values, given, texts}: Omit<PlanValues, 'arguments'>): Promise<Planned> {
	const mode = enginePrograms[values.engine].admit(values, given);
	const notes: string[] = [];
	const fixedPorts = new Set<number>();
	const taken = new Set(values.server.flatMap(spec => spec.port ?? []));
	const base = values.port || defaultPort;
	const place = async (wanted: number, what: string): Promise<number> => {
		const free = await claimFreePort(values.host, wanted, taken).catch(cannotListen(values.host, wanted));
		if (free === undefined)
			throw new UsageError(
				t('{what}: no free port from {port} on; name one with --port', {what: told(what), port: wanted}),
				4,
			);
		taken.add(free);
		if (free !== wanted)
			notes.push(phrase('port {from} is taken; {part} uses {to}', {from: wanted, part: what, to: free}));
		return free;
	};
	if (given.has('port') && values.port !== 0) {
		await demandFree(values.host, base);
		fixedPorts.add(base);
	}
	const balancerPort = await place(base, phrase('the load balancer'));
	const specs: ServerSpec[] =
		values.server.length > 0 ? values.server : Array.from({length: values.servers}, () => ({weight: 1}));
	if (values.server.length > 0 && given.has('servers'))
		throw new UsageError(t('--servers counts servers of our own, --server names each; give one of the two'));
	const names = nameServers(specs);
	const servers: ServerPlan[] = [];
	for (const [index, spec] of specs.entries()) {
		const name = names[index]!;
		const {weight, maxconn} = spec;
		const share = maxconn === undefined ? {weight} : {weight, maxconn};
		if (spec.port !== undefined) servers.push({name, kind: 'external', host: spec.host!, port: spec.port, ...share});
		else {
			const own = {name, host: values.host, port: await place(base + 1 + index, name), ...share};
			servers.push(
				spec.command === undefined ? {...own, kind: 'own'} : {...own, kind: 'command', command: spec.command},
			);
		}
	}
	if (servers.every(({kind}) => kind !== 'own')) notes.push(...idleOptions(given));
	return {plan: assemble({values: {...values, mode}, texts}, servers, balancerPort), fixedPorts, notes};
}

function assemble(
	{values, texts}: Pick<PlanValues, 'values' | 'texts'>,
	servers: ServerPlan[],
	balancerPort: number,
): Plan {
	return {
		servers,
		service: {
			time: values.serviceTime,
			concurrency: values.concurrency,
			settings: toArguments(serverSettings, texts),
		},
		balancer: {
			host: values.host,
			port: balancerPort,
			engine: values.engine,
			mode: values.mode,
			algorithm: values.algorithm,
			statsSocket: values.statsSocket ?? statsSocketPath(process.pid),
			settings: toArguments(balancerSettings, texts),
		},
		clients: {
			count: values.clients,
			...loadOf(values),
			connect: values.connect,
			depth: depthOf(values),
			messages: values.message,
			ackTimeoutMs: values.ackTimeout,
			retries: values.retries,
			settings: toArguments(clientsSettings, texts),
		},
		log: {file: values.log, detail: values.logDetail, maxSizeBytes: values.logMaxSize, keep: values.logKeep},
		// Any seed will do for a run that asked for none; it is shown, so that the run can be repeated.
		seed: values.seed ?? Math.floor(Math.random() * 1_000_000),
		...(values.for === undefined ? {} : {forMs: values.for}),
		warmupMs: values.warmup,
		run: `${Date.now().toString(36)}-${process.pid}`,
		checks: values.check,
	};
}

/** Names as given; the others are Server 1, Server 2, … by their place. */
function nameServers(specs: ServerSpec[]): string[] {
	const names = specs.map((spec, index) => spec.name ?? `Server ${index + 1}`);
	const twice = names.find((name, index) => names.indexOf(name) !== index);
	if (twice !== undefined)
		throw new UsageError(t("two servers are named '{name}'; give each a name of its own with name=", {name: twice}));
	return names;
}

/** What was said of lbtop's own servers where all are the user's. They stay as they are, which is no mistake, but is told. */
function idleOptions(given: Set<string>): string[] {
	return Object.entries({...serverOptions, ...serverSettings})
		.filter(([key]) => given.has(key))
		.map(([, {flags}]) =>
			phrase("{option} is for lbtop's own servers, and this run has none", {option: optionName(flags)}),
		);
}

/** A closed loop has no rate of its own, whatever was said, and a recorded load is open. */
function loadOf({rate, arrivals, arrivalsFile}: PlanValues['values']): Pick<Plan['clients'], 'rate' | 'arrivals'> {
	const open = arrivals === 'closed' ? 'constant' : arrivals;
	if (arrivalsFile) return {rate: {type: 'recorded', file: arrivalsFile.file}, arrivals: open};
	return rate === 'max' || arrivals === 'closed' ? {rate: 'max', arrivals: 'closed'} : {rate, arrivals};
}

/** For where nobody could listen. */
function cannotListen(host: string, port: number) {
	return (error: unknown): never => {
		const why = told(errorWords(error));
		throw new UsageError(t('cannot listen on {address}: {why}', {address: formatAddress({host, port}), why}), 4);
	};
}

async function demandFree(host: string, port: number) {
	if (!(await claimPort(host, port).catch(cannotListen(host, port))))
		throw new UsageError(
			t('port {port} on {host} is taken; give another with --port, or none to have a free one chosen', {port, host}),
			4,
		);
}
