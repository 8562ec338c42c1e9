/** `lbtop balancer`: the load balancer as a program, alone in a terminal or as a child of the lab. */

import {readOptions, UsageError} from '../cli/option.ts';
import {balancerOptions, balancerSettings} from '../cli/options/balancer.ts';
import {frontOptions} from '../cli/options/connection.ts';
import {options} from '../cli/options/index.ts';
import {logOptions} from '../cli/options/log.ts';
import {runMain} from '../cli/run-main.ts';
import type {ServerSpec} from '../cli/server-spec.ts';
import type {PartEvent} from '../domain/event.ts';
import {formatRoute} from '../domain/status.ts';
import {type LogManager, openLogManager} from '../log/log-manager.ts';
import {now, runPart} from '../part.ts';
import {connectionLimitsOf, frontOf, sessionsOf} from './connection-settings.ts';
import {limitsOf} from './flow-limits.ts';
import {healthOf} from './health-options.ts';
import {startLoadBalancer} from './load-balancer.ts';
import type {ServerAddress} from './settings.ts';

const help = {
	name: 'lbtop balancer',
	summary: 'The load balancer alone, in the foreground, over servers that run elsewhere.',
	example: 'lbtop balancer --port 9000 --server 127.0.0.1:9001 --server 127.0.0.1:9002',
};

const {server, host, maxLine, seed, color} = options;
const rows = {
	port: {...options.port, parse: (text: string) => options.port.parse(text) ?? 9000, fallback: '9000'},
	...{server, host, maxLine, seed, color},
	...balancerOptions,
	...balancerSettings,
	...frontOptions,
	...logOptions,
};

await runMain(async () => {
	const {values} = readOptions(help, rows, process.argv.slice(2));
	const servers = nameServers(values.server);
	const {logDetail: detail, logMaxSize: maxSizeBytes, logKeep: keep} = values;
	const settings = {
		...{host: values.host, port: values.port, mode: values.mode, algorithm: values.algorithm, servers},
		hashKey: values.hashKey,
		maxLineBytes: values.maxLine,
		transport: values.transport,
		seed: values.seed ?? Math.floor(Math.random() * 2 ** 32),
		health: healthOf(values),
		limits: {...limitsOf(values), ...connectionLimitsOf(values)},
		sessions: sessionsOf(values),
		front: frontOf(values),
	};
	let manager: LogManager | undefined;
	let answered = 0;
	await runPart({
		name: 'balancer',
		start: async ({emit, onCommand}) => {
			manager = openLogManager({file: values.log, detail, maxSizeBytes, keep, by: 'balancer'});
			const balancer = await startLoadBalancer(settings, {log: manager, emit, now});
			onCommand(balancer.command);
			const stop = async () => {
				await balancer.stop();
				answered = balancer.tick().backends.reduce((sum, backend) => sum + backend.answered, 0);
			};
			return {tick: balancer.tick, stop};
		},
		logTick: () => manager?.tick() ?? {type: 'log-tick', lines: 0, bytes: 0, dropped: 0},
		close: () => manager?.close(),
		describe,
		farewell: () => `Load Balancer stopped after ${answered} ${values.mode}${answered === 1 ? '' : 's'}`,
	});
});

/** The servers to balance over, those without a name named by their place. */
function nameServers(specs: ServerSpec[]): ServerAddress[] {
	if (specs.length === 0) throw new UsageError(`no --server was given; for example: ${help.example}`);
	const servers = specs.map((spec, place) => {
		const {name = `Server ${place + 1}`, weight, maxconn, host, port} = spec;
		if (host === undefined || port === undefined)
			throw new UsageError(`--server ${name} has a command: the balancer alone starts no servers; give HOST:PORT`);
		return {name, weight, host, port, ...(maxconn === undefined ? {} : {maxconn})};
	});
	const twice = servers.find(({name}, place) => servers.findIndex(other => other.name === name) < place);
	if (twice) throw new UsageError(`two servers are named '${twice.name}'; give each --server its own name=NAME`);
	return servers;
}

function describe(event: PartEvent): string | undefined {
	if (event.type === 'listening') return `Load Balancer listening on ${event.host}:${event.port}`;
	if (event.type === 'route-changed') return `${event.server} is ${formatRoute(event.to)} (${event.cause})`;
	if (event.type === 'algorithm-changed') return `Load Balancer chooses by ${event.algorithm}`;
	return undefined;
}
