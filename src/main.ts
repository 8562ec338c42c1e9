/** The command line: its first word chooses the command; none is the lab. */

import {closest} from 'fastest-levenshtein';
import {readOptions, UsageError} from './cli/option.ts';
import {runMain} from './cli/run-main.ts';
import {version} from './domain/version.ts';
import {type PlainText, t} from './words/words.ts';

type Row = {summary: PlainText; run: (argv: string[]) => Promise<unknown>};

/** The parts are programs of their own; run by hand, they are this process. */
const part = (summary: PlainText, load: () => Promise<unknown>): Row => ({
	summary,
	run: argv => {
		process.argv.splice(2, Number.POSITIVE_INFINITY, ...argv);
		return load();
	},
});

const commands: Record<string, Row> = {
	run: {
		summary: 'the lab without a screen, with a summary and an exit code',
		run: async argv => (await import('./commands/run.ts')).run(argv),
	},
	ctl: {summary: 'tells a running lab what to do', run: async argv => (await import('./commands/ctl.ts')).ctl(argv)},
	verify: {
		summary: 'audits log.txt: nothing lost, nothing double',
		run: async argv => (await import('./commands/verify.ts')).verify(argv),
	},
	replay: {
		summary: 'shows a run that --events kept, once more',
		run: async argv => (await import('./commands/replay.ts')).replay(argv),
	},
	init: {
		summary: 'writes a commented lbtop.yaml to begin with',
		run: async argv => (await import('./commands/init.ts')).init(argv),
	},
	schema: {
		summary: 'prints the JSON Schema of lbtop.yaml, for editors',
		run: async argv => (await import('./commands/schema.ts')).schema(argv),
	},
	top: {
		summary: 'the same panes over a HAProxy that runs elsewhere',
		run: async argv => (await import('./commands/top.ts')).top(argv),
	},
	reset: {
		summary: 'puts a terminal right that a program left broken',
		run: async argv => (await import('./commands/reset.ts')).reset(argv),
	},
	server: part('one server, alone in this terminal', () => import('./server/main.ts')),
	balancer: part('the load balancer alone', () => import('./load-balancer/main.ts')),
	client: part('one client: connect, send, wait for the ACK, retry', () => import('./client/main.ts')),
	clients: part('the client manager alone', () => import('./client/clients-main.ts')),
};

const listing = () => {
	const rows = [
		...Object.entries(commands).map(([name, {summary}]) => [name, t(summary)] as const),
		['kill-one', t('a scenario on the screen; lbtop run --list tells those that come with lbtop')] as const,
	];
	const lines = rows.map(([name, summary]) => `  lbtop ${name.padEnd(10)} ${summary}`);
	return `${t('Commands:')}\n${lines.join('\n')}\n\n${t('Each has --help. Without a command, options of the lab:')}`;
};

const lab = async () =>
	(await import('./commands/lab.ts')).lab(process.argv.slice(2), {listing, commands: Object.keys(commands)});

await runMain(async () => {
	const [first = '', ...rest] = process.argv.slice(2);
	if (first === '--version') return void process.stdout.write(`${version}\n`);
	if (first === 'help')
		return void readOptions({name: 'lbtop', summary: listing, example: 'lbtop run --help'}, {}, ['--help']);
	if (first === '' || first.startsWith('-')) return lab();
	const command = Object.hasOwn(commands, first) ? commands[first] : undefined;
	if (command) return void (await command.run(rest));
	const {meansScenario, shippedNames} = await import('./commands/scenario-files.ts');
	if (!meansScenario(first)) throw new UsageError(unknownCommand(first, shippedNames()));
	return lab();
});

function unknownCommand(word: string, scenarios: string[]): string {
	const names = Object.keys(commands);
	return t(
		"unknown command '{word}'; did you mean 'lbtop {near}'? There are {names}, and lbtop run --list tells the scenarios",
		{
			word,
			near: closest(word, [...names, ...scenarios]),
			names: names.join(', '),
		},
	);
}
