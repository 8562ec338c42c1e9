/** `lbtop balancer`: the load balancer as a program, alone in a terminal or as a child of the lab. */

import {type CommandHelp, readOptions, UsageError} from '../cli/option.ts';
import {balancerOptions, balancerSettings} from '../cli/options/balancer.ts';
import {frontOptions} from '../cli/options/connection.ts';
import {options} from '../cli/options/index.ts';
import {logOptions} from '../cli/options/log.ts';
import {runMain} from '../cli/run-main.ts';
import type {PartEvent} from '../domain/event.ts';
import {formatAddress, type ServerSpec} from '../domain/server-spec.ts';
import {formatRoute} from '../domain/status.ts';
import {errorSentence} from '../domain/system-error.ts';
import {noLogTick} from '../domain/tick.ts';
import {version} from '../domain/version.ts';
import {type LogManager, openLogManager} from '../log/log-manager.ts';
import {now, runPart} from '../part.ts';
import {inEnglish, phrase, t, told} from '../words/words.ts';
import type {Administrator} from './administrator.ts';
import {startLoadBalancer} from './load-balancer.ts';
import {openRuntimeApi, type RuntimeApi} from './runtime-api/runtime-api.ts';
import {type FileServer, readServersFile} from './servers-file.ts';
import {ourName, type ServerAddress} from './settings.ts';
import {frontOf, healthOf, limitsOf, sessionsOf} from './settings-from-options.ts';

const help: CommandHelp = {
	name: 'lbtop balancer',
	summary: 'The load balancer alone, in the foreground, over servers that run elsewhere.',
	example: 'lbtop balancer --port 9000 --server 127.0.0.1:9001 --server 127.0.0.1:9002',
};

const {server, host, maxLine, seed, lang, color, statsSocket} = options;
const rows = {
	port: {...options.port, parse: (text: string) => options.port.parse(text) ?? 9000, fallback: '9000'},
	...{server, serversFile: options.serversFile, host, maxLine, statsSocket, seed, lang, color},
	...balancerOptions,
	...balancerSettings,
	...frontOptions,
	...logOptions,
};

const farewells = {
	message: {one: '{name} stopped after {count} message', many: '{name} stopped after {count} messages'},
	connection: {one: '{name} stopped after {count} connection', many: '{name} stopped after {count} connections'},
} as const;

await runMain(async () => {
	const {values} = readOptions(help, rows, process.argv.slice(2));
	const {serversFile, statsSocket} = values;
	if (serversFile !== undefined && values.server.length > 0)
		throw new UsageError(t('--server names servers, --servers-file a file of them; give one of the two'));
	const readServers = (file: string) => nameServers(serversOf(file), `${file}:`);
	const servers =
		serversFile === undefined ? nameServers(values.server.map(spec => ({spec}))) : readServers(serversFile);
	const {logDetail: detail, logMaxSize: maxSizeBytes, logKeep: keep} = values;
	const settings = {
		...{host: values.host, port: values.port, mode: values.mode, algorithm: values.algorithm, servers},
		hashKey: values.hashKey,
		maxLineBytes: values.maxLine,
		transport: values.transport,
		seed: values.seed ?? Math.floor(Math.random() * 2 ** 32),
		health: healthOf(values),
		limits: limitsOf(values),
		sessions: sessionsOf(values),
		front: frontOf(values),
	};
	let manager: LogManager | undefined;
	let api: RuntimeApi | undefined;
	let answered = 0;
	await runPart({
		name: 'balancer',
		start: async ({emit, onCommand, hasLab}) => {
			const log = openLogManager({file: values.log, detail, maxSizeBytes, keep, by: 'balancer'});
			manager = log;
			const balancer = await startLoadBalancer(settings, {log, emit, now});
			// At once: what a restarted balancer is told of its servers holds for its first client.
			onCommand(balancer.command);
			const say = (text: string, asked: string) => {
				log.write('Server', text, {asked});
				emit({type: 'noted', text});
			};
			if (statsSocket !== undefined) {
				api = await openRuntimeApi(statsSocket, {
					...{balancer, settings, version, now},
					note: command => say(phrase('runtime API: {command}', {command}), 'runtime-api'),
				}).catch(async (error: Error) => {
					// A lab does not depend on it: that it is not there is said where people look.
					if (hasLab) say(errorSentence(error), 'lbtop');
					else await balancer.stop();
					if (!hasLab) throw error;
					return undefined;
				});
			}
			const stop = async () => {
				api?.close();
				await balancer.stop();
				answered = balancer.tick().backends.reduce((sum, backend) => sum + backend.answered, 0);
			};
			const tick = () => {
				const counts = balancer.tick();
				api?.look(counts);
				return counts;
			};
			const reload = (file: string) => {
				const {text, isDone} = inEnglish(() => reloaded(balancer.administrator, file, readServers));
				log.write('Server', text, {asked: 'signal'});
				emit({type: 'noted', text: isDone ? text : (unreadable(file, readServers) ?? text)});
			};
			return {tick, stop, ...(serversFile === undefined ? {} : {reload: () => reload(serversFile)})};
		},
		logTick: () => manager?.tick() ?? noLogTick,
		close: () => {
			api?.close();
			manager?.close();
		},
		describe,
		farewell: () => t(farewells[values.mode][answered === 1 ? 'one' : 'many'], {name: ourName, count: answered}),
	});
});

/** What is wrong with the file is a mistake of the user's. */
function serversOf(file: string): FileServer[] {
	try {
		return readServersFile(file);
	} catch (error) {
		throw new UsageError(told(errorSentence(error)));
	}
}

/** The servers to balance over, those without a name named by their place. Throws with the line of a file where it is one. */
function nameServers(specs: {spec: ServerSpec; line?: number}[], file = ''): ServerAddress[] {
	if (specs.length === 0)
		throw new UsageError(t('no --server was given; for example: {example}', {example: help.example}));
	const seen = new Set<string>();
	return specs.map(({spec, line}, place) => {
		const where = line === undefined ? '' : `${file}${line}: `;
		const {name = `Server ${place + 1}`, weight, maxconn, host, port} = spec;
		if (host === undefined || port === undefined)
			throw new UsageError(
				`${where}${t('--server {name} has a command: the balancer alone starts no servers; give HOST:PORT', {name})}`,
			);
		if (seen.has(name))
			throw new UsageError(
				`${where}${t("two servers are named '{name}'; give each --server its own name=NAME", {name})}`,
			);
		seen.add(name);
		return {name, weight, host, port, ...(maxconn === undefined ? {} : {maxconn})};
	});
}

/** Makes the servers those of the file, all or none of it; the sentence says which. */
function reloaded(
	administrator: Administrator,
	file: string,
	read: (file: string) => ServerAddress[],
): {isDone: boolean; text: string} {
	try {
		const servers = read(file);
		const hindrance = servers.map(({name}) => administrator.hindrance(name)).find(reason => reason !== undefined);
		if (hindrance !== undefined) throw new Error(`${file}: ${hindrance}`);
		return {isDone: true, text: phrase('reloaded {file}: {done}', {file, done: administrator.become(servers)})};
	} catch (error) {
		return {isDone: false, text: phrase('nothing reloaded: {why}', {why: errorSentence(error)})};
	}
}

/** What is wrong with the file, in the language spoken; nothing is changed. */
function unreadable(file: string, read: (file: string) => unknown): string | undefined {
	try {
		read(file);
		return undefined;
	} catch (error) {
		return t('nothing reloaded: {why}', {why: (error as Error).message});
	}
}

function describe(event: PartEvent): string | undefined {
	if (event.type === 'listening')
		return t('{name} listening on {address}', {name: ourName, address: formatAddress(event)});
	if (event.type === 'noted') return told(event.text);
	if (event.type === 'servers-changed') return told(event.cause) || undefined;
	if (event.type === 'route-changed')
		return t('{server} is {route} ({cause})', {
			...{server: event.server, route: formatRoute(event.to), cause: told(event.cause)},
		});
	if (event.type === 'algorithm-changed')
		return t('{name} chooses by {algorithm}', {name: ourName, algorithm: event.algorithm});
	return undefined;
}
