/** `lbtop server`: one server as a program, alone in a terminal or as a child of the lab. */

import path from 'node:path';
import {type CommandHelp, invalid, readOptions} from '../cli/option.ts';
import {faultOption} from '../cli/options/fault.ts';
import {options} from '../cli/options/index.ts';
import {logOptions} from '../cli/options/log.ts';
import {serverOptions, serverSettings} from '../cli/options/server.ts';
import {runMain} from '../cli/run-main.ts';
import {serverNamePattern} from '../domain/balanced-server.ts';
import type {PartEvent} from '../domain/event.ts';
import {seededRandom} from '../domain/random.ts';
import {formatAddress} from '../domain/server-spec.ts';
import {noLogTick} from '../domain/tick.ts';
import {type LogManager, openLogManager} from '../log/log-manager.ts';
import {now, runPart} from '../part.ts';
import {t, told} from '../words/words.ts';
import {openExecutedIds, parseDedup} from './dedup.ts';
import {openExecutionRecord} from './execution-record.ts';
import {startServer} from './server.ts';

const help: CommandHelp = {
	name: 'lbtop server',
	summary: 'One server, in the foreground: it acknowledges each message.',
	example: 'lbtop server --name "Server 1" --port 9001',
};

const {host, maxLine, seed, lang, color, run, executions} = options;
const rows = {
	name: {...options.name, parse: parseName},
	port: {...options.port, parse: (text: string) => options.port.parse(text) ?? 9001, fallback: '9001'},
	...{host, maxLine, seed, lang, color},
	...serverOptions,
	...{run, executions},
	...serverSettings,
	fault: faultOption,
	...logOptions,
};

/** Messages that wait for their turn when `--concurrency` others are in work; those beyond are refused as busy. */
const queueLimit = 1024;

const peerTimeoutMs = 60_000;

await runMain(async () => {
	const {values} = readOptions(help, rows, process.argv.slice(2));
	const {name} = values;
	const by = name.toLowerCase().replaceAll(' ', '-');
	const {logDetail: detail, logMaxSize: maxSizeBytes, logKeep: keep} = values;
	const random = seededRandom(values.seed ?? Math.floor(Math.random() * 2 ** 32));
	let manager: LogManager | undefined;
	let messages = 0;
	await runPart({
		name: by,
		start: async ({emit, onCommand}) => {
			manager = openLogManager({file: values.log, detail, maxSizeBytes, keep, by});
			const dedup = parseDedup(values.dedup, storeFile(values.log))!;
			const store = await openExecutedIds(dedup, {run: values.run, name});
			const record = values.executions === undefined ? undefined : openExecutionRecord(values.executions);
			const remembers = dedup.type !== 'none';
			const note = (text: string) => emit({type: 'noted', text});
			const settings = {...values, by, queueLimit, peerTimeoutMs, remembers, maxLineBytes: values.maxLine};
			const server = await startServer(settings, {log: manager, now, random, store, record, crash, note});
			for (const [index, fault] of values.fault.entries()) server.beginFault(-1 - index, fault);
			onCommand(command => {
				if (command.type === 'fault' && server.beginFault(command.id, command.fault))
					emit({type: 'fault-began', id: command.id});
				if (command.type === 'end-fault' && server.endFault(command.id)) emit({type: 'fault-ended', id: command.id});
			});
			emit({type: 'listening', host: values.host, port: server.port});
			const stop = async () => {
				await server.stop();
				messages = server.tick().received;
			};
			return {tick: server.tick, stop};
		},
		logTick: () => manager?.tick() ?? noLogTick,
		close: () => manager?.close(),
		drains: true,
		describe: event => describe(name, event),
		farewell: () => t('{name} stopped after {count} messages', {name, count: messages}),
	});
});

/** Nothing is written or sent any more: that is what a crash is. */
function crash(reason: string): never {
	process.stderr.write(`lbtop: ${t('crashed as asked: {why}', {why: told(reason)})}\n`);
	process.exit(1);
}

/** The shared store's file: beside the log, for whoever shares the one shares the other. */
function storeFile(log: string): string {
	return path.join(path.dirname(log), 'lbtop-executed.sqlite');
}

function describe(name: string, event: PartEvent): string | undefined {
	if (event.type === 'noted') return told(event.text);
	if (event.type !== 'listening') return undefined;
	return t('{name} listening on {address}', {name, address: formatAddress(event)});
}

function parseName(text: string): string {
	return serverNamePattern.test(text) ? text : invalid(t("It is 1-32 letters, digits, spaces, '.', '_' or '-'."));
}
