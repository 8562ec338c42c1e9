/** The balancer alone, against its peers, behind a load that is not the limit. */
import {setTimeout as sleep} from 'node:timers/promises';
import {printSummary, printWorkload} from './balancer-report.mjs';
import {compilePrograms} from './compile.mjs';
import {processorShares, processorTime} from './machine.mjs';
import {otherLbtop, peers, startPeer} from './peers.mjs';
import {announcedPort, residentMegabytes, runProgram, startProgram} from './processes.mjs';
import {saveResults} from './results.mjs';
import {interleave, pairedRatio, spread} from './statistics.mjs';
import {workloads} from './workloads.mjs';

const WARMUP_SECONDS = 0.3;
const PAUSE_MS = 100;
const ONE_CORE = 0;

/** Measures and prints; true when every reply of every system was right. */
export async function benchBalancer(options) {
	const chosen = chooseWorkloads(options.only);
	const rows = chooseSystems(options);
	const core = options.placement === 'one' ? ONE_CORE : undefined;
	const {ackServer, loadGenerator} = compilePrograms();
	const figures = {};
	let complete = true;
	for (const kind of new Set(chosen.map(serversOf))) {
		const servers = await startServers(ackServer, {kind, core});
		const own = chosen.filter(workload => serversOf(workload) === kind);
		const wanted = rows.filter(row => own.some(workload => takesPart(row, workload)));
		const systems = await startSystems(wanted, {...options, servers, core});
		complete &&= systems.length === wanted.length;
		for (const workload of own) {
			const parts = systems.filter(system => takesPart(system, workload));
			const figure = await measureWorkload(workload, parts, {...options, core, loadGenerator});
			printWorkload(workload, figure);
			figures[workload.id] = figure;
		}
		for (const program of [...systems, ...servers]) await program.stop();
	}
	printSummary(chosen, figures);
	const name = options.placement === 'one' ? 'balancer' : 'balancer-free';
	if (options.save) saveResults(name, figures);
	const measured = Object.values(figures).flatMap(({systems}) => systems);
	return complete && measured.every(({errors}) => errors.length === 0);
}

function serversOf({servers = 'trunk'}) {
	return servers;
}

function takesPart(row, {mode = 'message'}) {
	return row.mode === undefined || row.mode === mode;
}

function chooseWorkloads(only) {
	if (only === undefined) return workloads.filter(({standard}) => standard);
	return choose('workload', workloads, only);
}

function chooseSystems({systems, placement, other}) {
	const others = other === undefined ? [] : [otherLbtop(other)];
	if (systems !== undefined) return [...choose('system', peers, systems), ...others];
	return [...peers.filter(({threads}) => placement === 'free' || threads === 1), ...others];
}

function choose(kind, table, names) {
	const unknown = names.find(name => !table.some(({id}) => id === name));
	if (unknown === undefined) return table.filter(({id}) => names.includes(id));
	const ids = table.map(({id}) => id).join(', ');
	throw new Error(`there is no ${kind} ${unknown}; there are ${ids}`);
}

async function startServers(ackServer, {kind, core}) {
	const servers = [];
	for (const name of ['Server 1', 'Server 2']) {
		const program = startProgram(ackServer, ['0', name, ...(kind === 'plain' ? ['--no-trunk'] : [])], {core});
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

function summarize({id, title, threads}, samples) {
	const rounds = samples.get(id);
	const cpu = sample => sample.cpuNs / (sample.messages + (sample.busy?.messages ?? 0)) / 1000;
	const perSecond = sample => sample.perSecond;
	const p99 = sample => sample.p99Us;
	const of = pick => rounds.map(pick);
	/** Round by round against each other system. */
	const against = pick =>
		Object.fromEntries([...samples].map(([other, others]) => [other, pairedRatio(of(pick), others.map(pick))]));
	return {
		id,
		title,
		threads,
		perSecond: spread(of(perSecond)),
		p50Us: spread(of(sample => sample.p50Us)).median,
		p99Us: spread(of(p99)).median,
		cpuUsPerMessage: spread(of(cpu)).median,
		residentMb: spread(of(sample => sample.residentMb)).median,
		...(rounds[0].busy && {busyPerSecond: spread(of(sample => sample.busy.perSecond))}),
		times: against(perSecond),
		timesP99: against(p99),
		timesCpu: against(cpu),
		errors: rounds.flatMap(({errors}) =>
			Object.entries(errors)
				.filter(([, count]) => count > 0)
				.map(([kind, count]) => `${count} ${kind}`),
		),
	};
}
