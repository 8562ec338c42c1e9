/** A plan's parts as programs to run: the same command lines one would type in four terminals. */

import type {AlgorithmName} from './domain/algorithm.ts';
import type {BalancedServer} from './domain/balanced-server.ts';
import {formatDistribution} from './domain/distribution.ts';
import {type Arrivals, auditId, balancerId, clientsId, type Plan, serverId} from './domain/plan.ts';
import {formatRate, type Rate} from './domain/rate.ts';
import {formatAddress} from './domain/server-spec.ts';
import {type Program, usualGraceMs} from './orchestrator/program.ts';

/** Where each part's program lies, as a file. */
export type ProgramFiles = Record<'server' | 'balancer' | 'clients' | 'audit', string>;

/** The program of the plan's nth server, or undefined for one that runs elsewhere. */
export function serverProgram(plan: Plan, index: number, files: ProgramFiles): Program | undefined {
	const server = plan.servers[index]!;
	const {name, host, port} = server;
	const base = {id: serverId(index), name, graceMs: usualGraceMs};
	if (server.kind === 'external') return undefined;
	if (server.kind === 'command') {
		const command = server.command!.replaceAll('{port}', String(port));
		return {...base, run: {type: 'shell', command, port}, ready: {type: 'accepts', host, port}};
	}
	const {time, concurrency, settings} = plan.service;
	const args = [
		...['--name', name, '--host', host, '--port', String(port)],
		...['--service-time', formatDistribution(time), '--concurrency', String(concurrency)],
		...['--seed', String(plan.seed + index + 1), '--run', plan.run, ...settings, ...logArgs(plan)],
	];
	return {...base, run: {type: 'ours', file: files.server, args: () => args}, ready: {type: 'says-started'}};
}

/** What people change while a run lasts, asked at each start, so that a restart goes on as things were set last. */
export type BalancerWishes = {algorithm(): AlgorithmName; servers(): BalancedServer[]};

/** The balancer's program; a later life is told which servers it has now before its first client. */
export function balancerProgram(plan: Plan, files: ProgramFiles, now: BalancerWishes): Program {
	const {host, port, mode, statsSocket, settings} = plan.balancer;
	const planned = plan.servers.flatMap(server => {
		const maxconn = server.maxconn === undefined ? '' : `,maxconn=${server.maxconn}`;
		return ['--server', `${formatAddress(server)},name=${server.name},weight=${server.weight}${maxconn}`];
	});
	const args = () => [
		...['--host', host, '--port', String(port), '--mode', mode, '--algorithm', now.algorithm(), ...planned],
		...['--seed', String(plan.seed), ...settings, ...logArgs(plan)],
		...(statsSocket === undefined ? [] : ['--stats-socket', statsSocket]),
	];
	return {
		id: balancerId,
		name: 'Load balancer',
		graceMs: usualGraceMs,
		run: {type: 'ours', file: files.balancer, args},
		greeting: life => (life === 0 ? [] : [{type: 'become', servers: now.servers()}]),
		ready: {type: 'says-started'},
	};
}

/** `load` is asked at each start, so that a restart goes on with the rate that was set last, where it has got to. */
export function clientsProgram(plan: Plan, files: ProgramFiles, load: () => {rate: Rate; ageMs: number}): Program {
	const {count, arrivals, connect, depth, messages, ackTimeoutMs, retries, settings} = plan.clients;
	// A later life has new clients: their message IDs must not look like retries of the earlier ones'.
	const args = (life: number) => [
		...['--to', formatAddress(plan.balancer), '--clients', String(count), ...loadArgs(load(), arrivals)],
		...['--connect', connect, '--depth', String(depth)],
		...messages.flatMap(text => ['--message', text]),
		...['--ack-timeout', `${ackTimeoutMs}ms`, '--retries', String(retries)],
		...['--warmup', `${life === 0 ? plan.warmupMs : 0}ms`],
		...['--seed', String(plan.seed), '--first-client', String(life * count + 1), ...settings, ...logArgs(plan)],
	];
	return {
		id: clientsId,
		name: 'Client manager',
		// What is in flight has its own deadlines; killed before them, it would count as failed.
		graceMs: Math.min(12_000, Math.max(usualGraceMs, ackTimeoutMs + 2500)),
		run: {type: 'ours', file: files.clients, args},
		ready: {type: 'says-started'},
	};
}

/** A loop that was closed is open from when a rate was set. */
function loadArgs({rate, ageMs}: {rate: Rate; ageMs: number}, arrivals: Arrivals): string[] {
	const what =
		typeof rate === 'object' && rate.type === 'recorded'
			? ['--arrivals-file', rate.file]
			: ['--rate', formatRate(rate)];
	const how = rate !== 'max' && arrivals === 'closed' ? 'constant' : arrivals;
	return [...what, '--arrivals', how, '--load-age', `${Math.max(0, Math.round(ageMs))}ms`];
}

/** `from`: the log's size just before the lab wrote its first line. */
export function auditProgram(plan: Plan, files: ProgramFiles, {pid, from}: {pid: number; from: number}): Program {
	const args = ['--log', plan.log.file, '--lab-pid', String(pid), '--log-from', String(from)];
	return {
		id: auditId,
		name: 'Log audit',
		// What it has not read yet by then leaves the ledger unknown.
		graceMs: 15_000,
		run: {type: 'ours', file: files.audit, args: () => args},
		ready: {type: 'says-started'},
	};
}

function logArgs({log}: Plan): string[] {
	return [
		...['--log', log.file, '--log-detail', log.detail],
		...['--log-max-size', String(log.maxSizeBytes), '--log-keep', String(log.keep)],
	];
}
