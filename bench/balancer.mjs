/** The balancer alone, against its peers, behind a load that is not the limit. */
import {setTimeout as sleep} from 'node:timers/promises';
import {printWorkload} from './balancer-report.mjs';
import {compilePrograms} from './compile.mjs';
import {processorShares, processorTime} from './machine.mjs';
import {peers, startPeer} from './peers.mjs';
import {announcedPort, residentMegabytes, runProgram, startProgram} from './processes.mjs';
import {saveResults} from './results.mjs';
import {interleave, pairedRatio, spread} from './statistics.mjs';
import {workloads} from './workloads.mjs';

const WARMUP_SECONDS = 0.3;
const PAUSE_MS = 100;
const ONE_CORE = 0;
/** Systems the others are set against, round by round. */
const REFERENCES = ['haproxy-1', 'pipe', 'direct'];

/** Measures and prints; true when every reply of every system was right. */
export async function benchBalancer(options) {
	const chosen = chooseWorkloads(options.only);
	const rows = chooseSystems(options);
	const core = options.placement === 'one' ? ONE_CORE : undefined;
	const programs = compilePrograms();
	const servers = await startServers(programs.ackServer, core);
	const systems = await startSystems(rows, {...options, servers, core});
	const figures = {};
	for (const workload of chosen) {
		const figure = await measureWorkload(workload, systems, {
			...options,
			core,
			loadGenerator: programs.loadGenerator,
		});
		printWorkload(workload, figure);
		figures[workload.id] = figure;
	}
	for (const program of [...systems, ...servers]) await program.stop();
	const name = options.placement === 'one' ? 'balancer' : 'balancer-free';
	if (options.save) saveResults(name, figures);
	const measured = Object.values(figures).flatMap(({systems}) => systems);
	const complete = systems.length === rows.length;
	return complete && measured.every(({errors}) => errors.length === 0);
}

function chooseWorkloads(only) {
	if (only === undefined) return workloads.filter(({standard}) => standard);
	return choose('workload', workloads, only);
}

function chooseSystems({systems, placement}) {
	if (systems !== undefined) return choose('system', peers, systems);
	return peers.filter(({threads}) => placement === 'free' || threads === 1);
}

function choose(kind, table, names) {
	const unknown = names.find(name => !table.some(({id}) => id === name));
	if (unknown === undefined) return table.filter(({id}) => names.includes(id));
	const ids = table.map(({id}) => id).join(', ');
	throw new Error(`there is no ${kind} ${unknown}; there are ${ids}`);
}

async function startServers(ackServer, core) {
	const servers = [];
	for (const name of ['Server 1', 'Server 2']) {
		const program = startProgram(ackServer, ['0', name], {core});
		const port = await announcedPort(program);
		servers.push({port, pid: program.pid, stop: program.stop});
	}
	return servers;
}

/** Starts all systems once; one that cannot start is named and left out. */
async function startSystems(rows, options) {
	const systems = [];
	for (const row of rows) {
		try {
			const reason = row.missing();
			if (reason) throw new Error(reason);
			systems.push({...row, ...(await startPeer(row, options))});
		} catch (error) {
			console.log(`skipped ${row.title}: ${error.message}`);
		}
	}
	return systems;
}

async function measureWorkload(workload, systems, options) {
	const samples = new Map(systems.map(({id}) => [id, []]));
	const measuredAt = new Date().toISOString();
	const before = processorTime();
	await interleave(systems, options.rounds, async system => {
		samples.get(system.id).push(await measureOnce(workload, system, options));
		await sleep(PAUSE_MS);
	});
	return {
		measuredAt,
		placement: options.placement,
		rounds: options.rounds,
		seconds: options.seconds,
		stolenShare: processorShares(before, processorTime()).stolen,
		systems: systems.map(system => summarize(system, samples)),
	};
}

/** One window: what the generator reports, and the system's memory at its end. */
async function measureOnce(workload, system, options) {
	const pids = system.pids();
	const args = ['127.0.0.1', system.port, ...workload.generator, options.seconds, WARMUP_SECONDS, pids.join(',')];
	const output = await runProgram(options.loadGenerator, args.map(String), {
		core: options.core,
		limitMs: (options.seconds + 60) * 1000,
	});
	return {...JSON.parse(output), residentMb: residentMegabytes(pids)};
}

function summarize({id, title}, samples) {
	const rounds = samples.get(id);
	const of = pick => rounds.map(pick);
	const perSecond = of(sample => sample.perSecond);
	const ratios = REFERENCES.filter(other => samples.has(other)).map(other => {
		const others = samples.get(other).map(sample => sample.perSecond);
		return [other, pairedRatio(perSecond, others)];
	});
	const totalMessages = sample => sample.messages + (sample.busy?.messages ?? 0);
	return {
		id,
		title,
		perSecond: spread(perSecond),
		p50Us: spread(of(sample => sample.p50Us)).median,
		p99Us: spread(of(sample => sample.p99Us)).median,
		cpuUsPerMessage: spread(of(sample => sample.cpuNs / totalMessages(sample) / 1000)).median,
		residentMb: spread(of(sample => sample.residentMb)).median,
		...(rounds[0].busy && {
			busyPerSecond: spread(of(sample => sample.busy.perSecond)),
		}),
		times: Object.fromEntries(ratios),
		errors: rounds.flatMap(({errors}) =>
			Object.entries(errors)
				.filter(([, count]) => count > 0)
				.map(([kind, count]) => `${count} ${kind}`),
		),
	};
}
