/** `lbtop client`: one client in the foreground; every message, ACK and retry a line on stdout. */

import {type CommandHelp, readOptions} from '../cli/option.ts';
import {options} from '../cli/options/index.ts';
import {runMain} from '../cli/run-main.ts';
import {noLogTick} from '../domain/tick.ts';
import {type LogManager, openLogManager} from '../log/log-manager.ts';
import {now, runPart} from '../part.ts';
import {createClientManager} from './client-manager.ts';
import {createPrinter} from './printer.ts';
import {clientRows, clientSettings, logSettings} from './settings.ts';

const help: CommandHelp = {
	name: 'lbtop client',
	summary: 'One client: connects, sends a message, waits for the ACK, retries, repeats.',
	example: "lbtop client --to 127.0.0.1:9000 --message 'HAI IDO' --count 3",
};
const rows = {...clientRows, count: options.count, rate: {...options.rate, fallback: '1'}};

/** The exit code when a message was given up. */
const failedCode = 3;

await runMain(async () => {
	const {values} = readOptions(help, rows, process.argv.slice(2));
	const settings = clientSettings(values, {count: 1, warmupMs: 0, example: help.example});
	const by = `client-${settings.firstClient}`;
	let log: LogManager | undefined;
	await runPart({
		name: by,
		start: async context => {
			log = openLogManager(logSettings(values, by));
			const manager = createClientManager(
				{...settings, ...(values.count === undefined ? {} : {limit: values.count})},
				{
					log,
					now,
					note: text => context.emit({type: 'noted', text}),
					listener: createPrinter(line => process.stdout.write(`${line}\n`)),
				},
			);
			// Each line is for a reader: without one (`| head`) there is nothing left to do.
			const unread = new Promise(resolve => process.stdout.on('error', resolve));
			context.onCommand(command => command.type === 'rate' && manager.setRate(command.rate));
			return {
				tick: manager.tick,
				stop: manager.stop,
				done: Promise.race([manager.done, unread]).then(() => (manager.counts.failed > 0 ? failedCode : 0)),
			};
		},
		logTick: () => log?.tick() ?? noLogTick,
		close: () => log?.close(),
	});
});
