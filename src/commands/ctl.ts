/** `lbtop ctl`: tells a running lab what the keys tell it, from a script. */

import {type OptionRow, readOptions, UsageError} from '../cli/option.ts';
import {options} from '../cli/options/index.ts';
import {ask} from '../control/control-client.ts';
import type {ControlRequest} from '../control/protocol.ts';
import {runningLabs, socketPath} from '../control/socket-path.ts';
import {closingWords} from '../report/closing-words.ts';
import type {Summary} from '../report/summary.ts';
import {print} from './ending.ts';

const {json, socket, color, rate: rateRow, algorithm: algorithmRow} = options;
const now: OptionRow<boolean | undefined> = {
	flags: '--now',
	help: 'with quit: at once, not gently',
	parse: text => text === 'true',
};

/** Each row: what follows the verb, and the request it makes. */
const verbs: Record<string, {wants: string; request: (argument: string, now: boolean) => ControlRequest}> = {
	status: {wants: '', request: () => ({type: 'status'})},
	...Object.fromEntries(
		(['start', 'stop', 'kill', 'restart', 'kill-restart', 'pause', 'resume'] as const).map(type => [
			type,
			{wants: 'PART', request: (part: string): ControlRequest => ({type, part})},
		]),
	),
	rate: {wants: 'R', request: argument => ({type: 'rate', rate: readWith(rateRow, 'rate', argument)})},
	algorithm: {
		wants: 'NAME',
		request: argument => ({type: 'algorithm', algorithm: readWith(algorithmRow, 'algorithm', argument)}),
	},
	why: {wants: 'ID', request: id => ({type: 'why', id: id.replace(/^#/, '')})},
	quit: {wants: '', request: (_, atOnce) => ({type: 'quit', now: atOnce})},
};

const usages = Object.entries(verbs).map(([verb, {wants}]) => `${verb}${wants && ` ${wants}`}`);
const help = {
	name: 'lbtop ctl',
	summary: `Tells a running lab what to do: ${usages.join(' | ')}. PART is a name such as server-1, "Server 1", balancer, clients.`,
	example: 'lbtop ctl kill server-1        lbtop ctl status --json',
	arguments: 'COMMAND [PART | R | NAME | ID]',
};

/** Asks the lab and exits: 0 done, 1 refused or no answer, 2 usage, 4 no lab. */
export async function ctl(argv: string[]): Promise<void> {
	const {values, arguments: words} = readOptions(help, {json, socket, now, color}, argv);
	const [name = '', ...rest] = words;
	const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
	if (!verb)
		throw new UsageError(
			`ctl: ${name ? `unknown command '${name}'` : 'no command'}; it is one of ${usages.join(', ')}`,
		);
	const argument = rest.join(' ');
	if ((verb.wants !== '') !== (argument !== ''))
		throw new UsageError(`ctl: it is 'lbtop ctl ${name}${verb.wants && ` ${verb.wants}`}'`);
	const file = values.socket ?? newestLab();
	const answer = await ask(file, verb.request(argument, values.now === true)).catch((error: Error) => {
		throw new UsageError(error.message, 4);
	});
	if (!answer.ok) throw new UsageError(`ctl ${name}: ${answer.reason}`, 1);
	if (answer.status)
		print(process.stdout, values.json ? JSON.stringify(answer.status) : statusLines(answer.status).join('\n'));
	else if (values.json) print(process.stdout, JSON.stringify(answer));
	else if (answer.lines) print(process.stdout, answer.lines.join('\n'));
	else if (answer.echo) print(process.stdout, `$ ${answer.echo}`);
}

function newestLab(): string {
	const [pid] = runningLabs();
	if (pid === undefined)
		throw new UsageError('ctl: no lab of yours is running; start one with lbtop, or name its socket with --socket', 4);
	return socketPath(pid);
}

function readWith<T>(row: OptionRow<T>, verb: string, text: string): T {
	try {
		return row.parse(text);
	} catch (error) {
		throw new UsageError(`ctl ${verb} '${text}': ${(error as Error).message}`);
	}
}

function statusLines(status: Summary): string[] {
	return [
		...status.servers.map(
			({id, name, process: state, route, pid}) =>
				`${id.padEnd(10)} ${name.padEnd(12)} ${state.padEnd(9)} ${(route ?? '-').padEnd(8)} pid ${pid ?? '-'}`,
		),
		`balancer   ${status.balancer.address}  ${status.balancer.process}`,
		...closingWords(status),
	];
}
