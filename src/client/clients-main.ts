/** `lbtop clients`: the client manager, alone in a terminal or as the lab's child. */

import {type CommandHelp, readOptions} from '../cli/option.ts';
import {options} from '../cli/options/index.ts';
import {runMain} from '../cli/run-main.ts';
import {noLogTick} from '../domain/tick.ts';
import {type LogManager, openLogManager} from '../log/log-manager.ts';
import {now, runPart} from '../part.ts';
import {told} from '../words/words.ts';
import {type ClientManager, createClientManager} from './client-manager.ts';
import {needOpenFiles} from './open-files.ts';
import {clientRows, clientSettings, logSettings} from './settings.ts';
import {createSummarizer, describeSecond, formatSummary} from './summary.ts';

const help: CommandHelp = {
	name: 'lbtop clients',
	summary: 'The client manager: many clients, a rate of messages over all of them.',
	example: 'lbtop clients --to 127.0.0.1:9000 --clients 50 --rate 500 --for 10s',
};
const rows = {
	...clientRows,
	clients: options.clients,
	rate: options.rate,
	loadAge: options.loadAge,
	for: options.for,
	warmup: options.warmup,
	json: options.json,
};

/** The exit code when not a single message was ACKed. */
const nothingAckedCode = 3;

await runMain(async () => {
	const {values} = readOptions(help, rows, process.argv.slice(2));
	const settings = {
		...clientSettings(values, {count: values.clients, warmupMs: values.warmup, example: help.example}),
		loadAgeMs: values.loadAge,
	};
	const summarizer = createSummarizer();
	const perSecond = createRateMeter();
	const startedAt = now();
	let log: LogManager | undefined;

	const farewell = () => {
		const summary = summarizer.summary({durationMs: now() - startedAt});
		if (!summary) return undefined;
		return values.json ? JSON.stringify(summary) : formatSummary(summary);
	};

	const whenOver = async (clients: ClientManager) => {
		if (values.for === undefined) await clients.done;
		else await Promise.race([clients.done, new Promise(resolve => setTimeout(resolve, values.for))]);
		await clients.stop();
		return clients.counts.acked > 0 ? 0 : nothingAckedCode;
	};

	await runPart({
		name: 'clients',
		start: async context => {
			needOpenFiles(settings.count);
			log = openLogManager(logSettings(values, 'clients'));
			const note = (text: string) => context.emit({type: 'noted', text});
			const clients = createClientManager(settings, {log, now, note});
			context.onCommand(command => command.type === 'rate' && clients.setRate(command.rate));
			return {
				tick: () => {
					const tick = clients.tick();
					summarizer.add(tick);
					return tick;
				},
				stop: clients.stop,
				// In a lab its end is the lab's to choose, whatever LBTOP_FOR says and when a recorded load is over.
				...(context.hasLab ? {} : {done: whenOver(clients)}),
			};
		},
		logTick: () => log?.tick() ?? noLogTick,
		close: () => log?.close(),
		describe: event => {
			if (values.json) return undefined;
			if (event.type === 'noted') return told(event.text);
			if (event.type !== 'clients-tick' || !event.latency) return undefined;
			return describeSecond(event, perSecond(event.acked));
		},
		farewell,
	});
});

/** Gives the growth per second of a total since the last call. */
function createRateMeter(): (total: number) => number {
	let last = {at: now(), total: 0};
	return total => {
		const at = now();
		const rate = ((total - last.total) * 1000) / Math.max(1, at - last.at);
		last = {at, total};
		return rate;
	};
}
