/**
 * The client manager alone, and whether its figures are true: every ACK it
 * counts is counted again by the C server that sent it, and a server of known
 * delay shows what its latencies are worth.
 */
import {compilePrograms} from './compile.mjs';
import {inFreshFolder, startLbtop, summaryOf} from './lbtop-lab.mjs';
import {missingLbtop} from './peers.mjs';
import {announcedPort, answersPing, freePort, startProgram} from './processes.mjs';
import {saveResults} from './results.mjs';
import {interleave, median, spread} from './statistics.mjs';
import {formatTable, range, verdict, whole} from './table.mjs';

const LOADS = [
	{name: 'max, 10 clients, depth 1', args: ['--rate', 'max', '--clients', '10', '--depth', '1']},
	{name: 'max, 10 clients, depth 16', args: ['--rate', 'max', '--clients', '10']},
	{name: 'max, 16 clients, depth 128', args: ['--rate', 'max', '--clients', '16', '--depth', '128']},
	{name: '100,000/s, 50 clients', args: ['--rate', '100000', '--clients', '50']},
	{name: '20,000/s, 10,000 clients', args: ['--rate', '20000', '--clients', '10000']},
];
const DELAY_MS = 20;
const WARMUP_MS = 2000;
const ASKED_PER_SECOND = 100_000;

/** Measures and prints; true when no ACK was counted that was not sent, or sent and not counted. */
export async function benchClients({directory, rounds, seconds, save}) {
	const missing = missingLbtop();
	if (missing) throw new Error(missing);
	const {ackServer} = compilePrograms();
	const runs = new Map(LOADS.map(load => [load, []]));
	const delays = [];
	await inFreshFolder(directory, async folder => {
		await interleave(LOADS, rounds, async load => {
			runs.get(load).push(await measure({folder, seconds, ackServer, args: load.args}));
		});
		for (let round = 0; round < rounds; round++) delays.push(await measureDelay({folder, seconds}));
	});
	const loads = LOADS.map(load => figureOf(load, runs.get(load)));
	const figure = {measuredAt: new Date().toISOString(), rounds, seconds, loads, delay: delayFigure(delays)};
	print(figure);
	if (save) saveResults('clients', {clients: figure});
	return loads.every(({miscounted, failed}) => miscounted === 0 && failed === 0);
}

async function runClients({folder, port, seconds, args}) {
	return summaryOf(
		startLbtop(folder, [
			...['clients', '--to', `127.0.0.1:${port}`, '--connect', 'persistent', '--log-detail', 'off', '--json'],
			...['--warmup', `${WARMUP_MS}ms`, '--for', `${WARMUP_MS + seconds * 1000}ms`, ...args],
		]),
		seconds + WARMUP_MS / 1000,
	);
}

async function measure({folder, seconds, ackServer, args}) {
	const server = startProgram(ackServer, ['0', 'Server 1']);
	const port = await announcedPort(server);
	const summary = await runClients({folder, port, seconds, args});
	await server.stop();
	const counted = Number(/^acked (\d+)$/m.exec(server.output())?.[1]);
	// What was given up or sent again may have been answered once more than it was counted.
	const spare = summary.attempts - summary.acked;
	const miscounted = Math.max(0, summary.acked - counted, counted - summary.acked - spare);
	return {...summary, counted, miscounted: Number.isNaN(miscounted) ? summary.acked : miscounted};
}

async function measureDelay({folder, seconds}) {
	const port = await freePort();
	const server = startLbtop(folder, [
		'server',
		'--port',
		String(port),
		'--service-time',
		`${DELAY_MS}ms`,
		'--log-detail',
		'off',
	]);
	await answersPing(server, port);
	const summary = await runClients({folder, port, seconds, args: ['--rate', '1000', '--clients', '20']});
	await server.stop();
	return summary;
}

function figureOf({name}, runs) {
	const total = pick => runs.reduce((sum, run) => sum + pick(run), 0);
	return {
		name,
		ackedPerSecond: spread(runs.map(run => run.ackedPerSecond)),
		counted: total(run => run.counted),
		miscounted: total(run => run.miscounted),
		failed: total(run => run.failed),
		late: total(run => run.late),
		dropped: total(run => run.dropped),
		p50Ms: median(runs.map(run => run.latencyMs.p50)),
		p99Ms: median(runs.map(run => run.latencyMs.p99)),
		uncorrectedP99Ms: median(runs.map(run => run.uncorrectedLatencyMs.p99)),
	};
}

function delayFigure(runs) {
	return {injectedMs: DELAY_MS, p50Ms: median(runs.map(({latencyMs}) => latencyMs.p50))};
}

function print({loads, delay, rounds, seconds}) {
	console.log(`\n${rounds} × ${seconds} s, counted by the server too\n`);
	console.log(
		formatTable(
			['load', 'ACKed/s', 'min–max', 'miscounted', 'failed', 'late', 'dropped', 'p50 ms', 'p99 ms', 'uncorrected'],
			loads.map(row => [
				row.name,
				whole(row.ackedPerSecond.median),
				range(row.ackedPerSecond),
				...[row.miscounted, row.failed, row.late, row.dropped].map(whole),
				...[row.p50Ms, row.p99Ms, row.uncorrectedP99Ms].map(ms => (ms === null ? '-' : ms.toFixed(2))),
			]),
		),
	);
	console.log(verdict('ACKs a second, pipelined', loads[1].ackedPerSecond.median, '≥', ASKED_PER_SECOND));
	console.log(verdict(`p50 less the ${DELAY_MS} ms that the server takes`, delay.p50Ms - DELAY_MS, '≤', 3, ' ms'));
}
