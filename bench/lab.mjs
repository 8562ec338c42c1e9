/** The whole lab, log on, against the same clients and servers and HAProxy. */
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {watchCost} from './cost.mjs';
import {inFreshFolder, maxRate, startLbtop, summaryOf} from './lbtop-lab.mjs';
import {isInstalled} from './machine.mjs';
import {missingLbtop, writeHaproxy} from './peers.mjs';
import {answersPing, freePort, processTree, residentMegabytes, startProgram} from './processes.mjs';
import {saveResults} from './results.mjs';
import {interleave, median, pairedRatio, spread} from './statistics.mjs';
import {formatTable, range, ratio, verdict, whole} from './table.mjs';

const CLIENTS = 10;
const BUSY_RATE = 20_000;
const SAMPLE_MS = 250;
const ASKED = {ackedPerSecond: 40_000, timesHaproxy: 1.3, residentMb: 400};

const sides = [
	{id: 'lab', title: 'lbtop run', measure: measureLab},
	{
		id: 'haproxy',
		title: 'the same through HAProxy, 1 thread',
		measure: measureThroughHaproxy,
	},
];

/** Measures and prints; true when no message failed on either side. */
export async function benchLab(options) {
	const missing = missingLbtop();
	if (missing) throw new Error(missing);
	const compared = sides.filter(({id}) => id !== 'haproxy' || isInstalled('haproxy'));
	if (compared.length < sides.length) console.log('skipped HAProxy: it is not installed here');
	if (options.other !== undefined) compared.push(otherSide(options.other));
	const runs = new Map(compared.map(({id}) => [id, []]));
	await interleave(compared, options.rounds, async ({id, measure}) => {
		runs.get(id).push(await measure(options));
	});
	const figure = {
		measuredAt: new Date().toISOString(),
		rounds: options.rounds,
		seconds: options.seconds,
		sides: compared.map(side => summarize(side, runs)),
		residentMb: await measureMemory(options),
	};
	print(figure);
	if (options.save) saveResults('lab', {lab: figure});
	return figure.sides.every(({failed}) => failed === 0);
}

function measureLab({directory, seconds, from}) {
	return inFreshFolder(directory, folder => {
		const lab = startLbtop(folder, maxRate(seconds, ['--clients', String(CLIENTS)]), from);
		return withCost([lab], summaryOf(lab, seconds));
	});
}

/** A summary, and beside it what each program cost in microseconds of a processor for each ACK. */
async function withCost(programs, summary) {
	const [result, cost] = await Promise.all([summary, watchCost(programs, summary)]);
	const each = Object.entries(cost).map(([name, share]) => [name, (share * 1e6) / result.ackedPerSecond]);
	return {...result, costUs: Object.fromEntries(each)};
}

/** The lab of another checkout. */
function otherSide(folder) {
	const from = join(folder, 'bin/lbtop.js');
	return {id: 'other', title: 'the other lbtop run', measure: options => measureLab({...options, from})};
}

async function measureThroughHaproxy({directory, seconds}) {
	return inFreshFolder(directory, async folder => {
		const programs = [];
		try {
			const servers = [await freePort(), await freePort()];
			for (const [index, port] of servers.entries()) {
				const name = `Server ${index + 1}`;
				const server = startLbtop(folder, [
					...['server', '--name', name, '--port', String(port)],
					...['--log', 'log.txt'],
				]);
				programs.push(server);
				await answersPing(server, port);
			}
			const port = await freePort();
			const file = writeHaproxy({
				directory: folder,
				port,
				servers,
				threads: 1,
			});
			const haproxy = startProgram('haproxy', ['-db', '-f', file]);
			programs.push(haproxy);
			await answersPing(haproxy, port);
			const clients = startLbtop(folder, [
				...['clients', '--to', `127.0.0.1:${port}`],
				...['--clients', String(CLIENTS), '--rate', 'max'],
				...['--connect', 'persistent', '--for', `${seconds}s`],
				...['--json', '--log', 'log.txt'],
			]);
			programs.push(clients);
			return await withCost(programs, summaryOf(clients, seconds));
		} finally {
			for (const program of programs.reverse()) await program.stop();
		}
	});
}

/** The most memory all processes of a lab held together at a busy rate, in MB. */
async function measureMemory({directory, seconds}) {
	return inFreshFolder(directory, async folder => {
		const lab = startLbtop(folder, [
			...['run', '--rate', String(BUSY_RATE), '--connect', 'persistent'],
			...['--clients', String(CLIENTS), '--for', `${seconds}s`, '--json'],
		]);
		let most = 0;
		while (!lab.hasEnded()) {
			const pids = processTree(lab.pid).map(({pid}) => pid);
			most = Math.max(most, residentMegabytes(pids));
			await sleep(SAMPLE_MS);
		}
		const {ackedPerSecond} = await summaryOf(lab, seconds);
		return {most, ackedPerSecond};
	});
}

function summarize({id, title}, runs) {
	const own = runs.get(id);
	const perSecond = own.map(run => run.ackedPerSecond);
	const haproxy = runs.get('haproxy')?.map(run => run.ackedPerSecond);
	return {
		id,
		title,
		ackedPerSecond: spread(perSecond),
		p99Ms: spread(own.map(run => run.latencyMs?.p99 ?? 0)).median,
		costUs: medians(own.map(run => run.costUs)),
		failed: own.reduce((sum, run) => sum + (run.failed ?? 0), 0),
		...(haproxy && {timesHaproxy: pairedRatio(perSecond, haproxy)}),
	};
}

/** The median of each name's figures over the runs. */
function medians(costs) {
	const names = new Set(costs.flatMap(Object.keys));
	return Object.fromEntries([...names].map(name => [name, median(costs.map(cost => cost[name] ?? 0))]));
}

/** Where the processors' time goes, and what is left of it when the balancer costs nothing. */
function printCost(rows) {
	const names = [...new Set(rows.flatMap(({costUs}) => Object.keys(costUs)))];
	const sum = ({costUs}) => Object.values(costUs).reduce((total, us) => total + us, 0);
	console.log('\nmicroseconds of a processor for each ACK\n');
	console.log(
		formatTable(
			['', ...names, 'all'],
			rows.map(row => [row.title, ...names.map(name => row.costUs[name]?.toFixed(2) ?? '–'), sum(row).toFixed(2)]),
		),
	);
	const peer = rows.find(({id}) => id === 'haproxy');
	if (!peer?.costUs.haproxy) return;
	const most = sum(peer) / (sum(peer) - peer.costUs.haproxy);
	console.log(`\nthe same clients and servers through a balancer that costs nothing: ${most.toFixed(2)} × HAProxy`);
}

function print({sides: rows, residentMb, rounds, seconds}) {
	console.log(`\n${rounds} × ${seconds} s, ${CLIENTS} clients\n`);
	console.log(
		formatTable(
			['', 'ACKed/s', 'min–max', 'p99 ms', 'failed', '× HAProxy'],
			rows.map(row => [
				row.title,
				whole(row.ackedPerSecond.median),
				range(row.ackedPerSecond),
				row.p99Ms.toFixed(2),
				whole(row.failed),
				row.timesHaproxy ? ratio(row.timesHaproxy) : '–',
			]),
		),
	);
	printCost(rows);
	console.log('');
	const [lab] = rows;
	const acked = lab.ackedPerSecond.median;
	console.log(verdict('ACKed/s of the lab', acked, '≥', ASKED.ackedPerSecond));
	if (lab.timesHaproxy) {
		const times = lab.timesHaproxy.median;
		console.log(verdict('lab × HAProxy', times, '≥', ASKED.timesHaproxy));
	}
	const at = `memory at ${whole(residentMb.ackedPerSecond)} ACKed/s`;
	console.log(verdict(at, residentMb.most, '≤', ASKED.residentMb, ' MB'));
}
