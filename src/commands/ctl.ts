/** `lbtop ctl`: tells a running lab what the keys tell it, from a script. */

import {type CommandHelp, readOptions, UsageError} from '../cli/option.ts';
import {duration, flag, row} from '../cli/option-kinds.ts';
import {options} from '../cli/options/index.ts';
import {ask} from '../control/control-client.ts';
import type {ControlRequest} from '../control/protocol.ts';
import {runningLabs, socketPath} from '../control/socket-path.ts';
import {commandForms, commandTypes, commandUsage} from '../domain/command-forms.ts';
import {readCommand, readName} from '../domain/command-text.ts';
import {isTelling} from '../domain/status.ts';
import {closingWords} from '../report/closing-words.ts';
import type {Summary} from '../report/summary.ts';
import {describeIncident} from '../state/incident-words.ts';
import {t, told} from '../words/words.ts';
import {toldLine} from './ctl-faults.ts';
import {print} from './ending.ts';

const {json, socket, lang, color} = options;
const now = row('--now', 'with quit: at once, not gently', flag);
const forRow = row('--for <T>', 'with fault: it ends by itself after so long', duration);

type Query = {wants: string; request: (argument: string) => ControlRequest};

/** What can be asked without changing anything; the commands are those of `domain/command-forms`. */
const queries: Record<string, Query> = {
	status: {wants: '', request: () => ({type: 'status'})},
	incidents: {wants: '', request: () => ({type: 'status'})},
	'servers list': {wants: '', request: () => ({type: 'status'})},
	faults: {wants: '', request: () => ({type: 'faults'})},
	why: {wants: 'ID', request: id => ({type: 'why', id: id.replace(/^#/, '')})},
};

/** What is shown of a status, by what was asked; the whole where it is not named. */
const statusViews: Record<string, (status: Summary) => string[]> = {
	'servers list': serverLines,
	incidents: incidentLines,
};

const usages = [
	...Object.entries(queries).map(([name, {wants}]) => `${name}${wants && ` ${wants}`}`),
	...commandTypes.map(commandUsage),
];
const help: CommandHelp = {
	name: 'lbtop ctl',
	summary: () =>
		t(
			'Tells a running lab what to do: {commands}. PART is a name such as server-1, "Server 1", balancer, clients; SERVER the name of a server; SPEC as for --server (none: one more of our own); FAULT as \'ctl faults\' lists them.',
			{commands: usages.join(' | ')},
		),
	example: 'lbtop ctl kill server-1        lbtop ctl status --json',
	arguments: 'COMMAND [PART | SERVER | R | NAME | ID …]',
};

/** Asks the lab and exits: 0 done, 2 what cannot be done or is no command, 4 no lab. */
export async function ctl(argv: string[]): Promise<void> {
	const {values, arguments: words} = readOptions(help, {json, socket, now, for: forRow, lang, color}, argv);
	const {name, request} = readRequest(words);
	const file = values.socket ?? nearestLab();
	if (request.type === 'quit' && values.now === true) request.now = true;
	if (request.type === 'fault' && values.for !== undefined) request.forMs = values.for;
	const answer = await ask(file, request).catch((error: Error) => {
		throw new UsageError(told(error.message), 4);
	});
	if (!answer.ok) throw new UsageError(`ctl ${name}: ${told(answer.reason)}`);
	if (answer.status)
		print(
			process.stdout,
			values.json
				? JSON.stringify(name === 'incidents' ? answer.status.incidents : answer.status)
				: (statusViews[name] ?? statusLines)(answer.status).join('\n'),
		);
	else if (values.json) print(process.stdout, JSON.stringify(answer));
	else if (answer.lines) print(process.stdout, answer.lines.map(toldLine).join('\n'));
	else if (answer.echo) print(process.stdout, `$ ${answer.echo}`);
}

/** What is asked for, by its name of one word or two and what follows it. */
function readRequest(words: string[]): {name: string; request: ControlRequest} {
	for (const count of [2, 1]) {
		const name = words.slice(0, count).join(' ');
		if (words.length < count || !Object.hasOwn(queries, name)) continue;
		const {wants, request} = queries[name]!;
		const argument = words.slice(count).join(' ');
		if ((wants !== '') !== (argument !== ''))
			throw new UsageError(t("ctl: it is '{usage}'", {usage: `lbtop ctl ${name}${wants && ` ${wants}`}`}));
		return {name, request: request(argument)};
	}
	const line = words.join(' ');
	const named = readName(line);
	if (!named) {
		const asked = words.slice(0, 2).join(' ');
		const why = asked ? t("unknown command '{word}'", {word: asked}) : t('no command');
		throw new UsageError(t('ctl: {why}; it is one of {commands}', {why, commands: usages.join(', ')}));
	}
	const read = readCommand(line);
	if (!read.ok) throw new UsageError(`ctl: ${read.reason}`);
	return {name: commandForms[named.type].name, request: read.command};
}

/** The socket of the lab that is meant, where none is named: one of this folder before any other. */
function nearestLab(): string {
	const [lab, ...others] = runningLabs();
	if (lab === undefined)
		throw new UsageError(
			t('ctl: no lab of yours is running; start one with lbtop, or name its socket with --socket'),
			4,
		);
	if (others.length > 0) {
		const named = {pid: lab.pid, sockets: others.map(({pid}) => socketPath(pid)).join(', ')};
		const note = lab.isHere
			? t(
					'several labs are running; this is for the newest of this folder, pid {pid}; others: --socket {sockets}',
					named,
				)
			: t('several labs are running; this is for the newest, pid {pid}; others: --socket {sockets}', named);
		process.stderr.write(`lbtop: ctl: ${note}\n`);
	}
	return socketPath(lab.pid);
}

function incidentLines({incidents}: Summary): string[] {
	if (incidents.length === 0) return [t('no incident yet')];
	return incidents.map(
		incident => `${incident.at} ${incident.isOver ? '' : `${t('OPEN')} `}${describeIncident(incident)}`,
	);
}

function serverLines(status: Summary): string[] {
	return status.servers.map(({id, name, address, weight, administration, route}) =>
		[
			...[id.padEnd(10), name.padEnd(12), address.padEnd(21), t('weight {weight}', {weight}).padEnd(10)],
			administration === null ? t('not balanced') : routeText(route, status).padEnd(8),
		].join(' '),
	);
}

/** With the screen's mark of what is stale where the balancer, who tells it, is dead or paused. */
function routeText(route: string | null, {balancer}: Summary): string {
	if (route === null) return '-';
	return isTelling(balancer.process) ? route : `~${route}`;
}

function statusLines(status: Summary): string[] {
	return [
		...status.servers.map(
			({id, name, process: state, route, pid}) =>
				`${id.padEnd(10)} ${name.padEnd(12)} ${state.padEnd(9)} ${routeText(route, status).padEnd(8)} pid ${pid ?? '-'}`,
		),
		`balancer   ${status.balancer.address}  ${status.balancer.process}  ${t('stats socket')} ${status.balancer.statsSocket ?? '-'}`,
		...closingWords(status),
	];
}
