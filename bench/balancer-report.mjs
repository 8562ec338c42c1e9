import {formatTable, range, ratio, verdict, whole} from './table.mjs';
import {connectionsOf, memoryAsked} from './workloads.mjs';

/** A closed loop is measured well when a window holds this many of its turns. */
const TURNS_WANTED = 5;

/** What the ratios are to, with everything on one core. */
const REFERENCE = 'haproxy-1';
const RIVALS = ['haproxy-1', 'haproxy-2', 'nginx-1', 'nginx-2'];

/** Prints a workload's table, and below it whatever needs a word. */
export function printWorkload(workload, figure) {
	const {rounds, seconds, placement} = figure;
	const where = placement === 'one' ? 'all on one core' : 'unpinned';
	const stolen = Math.round(figure.stolenShare * 100);
	console.log(
		`\n${workload.id}: ${workload.title} · ${where} · ${rounds} × ${seconds} s · ${stolen} % of the time stolen by the host\n`,
	);
	const head = [
		'system',
		workload.id === 'storm' ? 'new conn/s' : 'msg/s',
		'min–max',
		'p50 µs',
		'p99 µs',
		'CPU µs/msg',
		'RSS MB',
		'× HAProxy-1',
		'p99 ×',
		'CPU ×',
		'× pipe',
		'× direct',
	];
	console.log(formatTable(head, figure.systems.map(formatSystem)));
	for (const system of figure.systems) printRemarks(system, seconds);
}

function formatSystem(system) {
	const median = (ratios, id) => ratios[id]?.median.toFixed(2) ?? '–';
	return [
		system.title,
		whole(system.perSecond.median),
		range(system.perSecond),
		whole(system.p50Us),
		whole(system.p99Us),
		system.cpuUsPerMessage.toFixed(2),
		whole(system.residentMb),
		system.times[REFERENCE] ? ratio(system.times[REFERENCE]) : '–',
		median(system.timesP99, REFERENCE),
		median(system.timesCpu, REFERENCE),
		median(system.times, 'pipe'),
		median(system.times, 'direct'),
	];
}

function printRemarks(system, seconds) {
	if (system.busyPerSecond) {
		const busy = `${whole(system.busyPerSecond.median)} (${range(system.busyPerSecond)})`;
		console.log(`  ${system.title}: ${busy} msg/s on the busy connections`);
	}
	if (system.errors.length > 0) {
		console.log(`! ${system.title}: ${system.errors.join(', ')}`);
	}
	if (system.p50Us * TURNS_WANTED > seconds * 1e6) {
		console.log(
			`! ${system.title}: the window holds few turns of ${whole(system.p50Us)} µs, measure with longer --seconds`,
		);
	}
}

/** Prints every figure that is asked for and was measured, with what came out. */
export function printSummary(workloads, figures) {
	console.log('');
	for (const workload of workloads) {
		const figure = figures[workload.id];
		const lines = figure.placement === 'one' ? judgeOneCore(workload, figure) : judgeUnpinned(workload, figure);
		for (const line of lines) console.log(line);
	}
	for (const line of judgeMemory(figures)) console.log(line);
}

function judgeOneCore({id, asked}, {systems}) {
	return systems.flatMap(system => {
		const {times, p99, cpu} = asked[system.id] ?? {};
		const judge = (what, ratios, comparison, limit) =>
			limit === undefined || ratios[REFERENCE] === undefined
				? []
				: [verdict(`${id}: ${system.title}, ${what} × HAProxy's`, ratios[REFERENCE].median, comparison, limit)];
		return [
			...judge(id === 'storm' ? 'new conn/s' : 'msg/s', system.times, '≥', times),
			...judge('p99', system.timesP99, '≤', p99),
			...judge('CPU per message', system.timesCpu, '≤', cpu),
		];
	});
}

function judgeUnpinned({id, best}, {systems}) {
	const lbtop = systems.find(system => system.id === 'lbtop');
	const times = RIVALS.map(rival => lbtop?.times[rival]?.median).filter(median => median !== undefined);
	if (best === undefined || times.length === 0) return [];
	return [verdict(`${id}: lbtop balancer, msg/s × the best peer's`, Math.min(...times), '≥', best)];
}

function judgeMemory(figures) {
	const {few, many, fewMb, moreKib} = memoryAsked;
	const at = id => figures[id]?.systems.find(system => system.id === 'lbtop')?.residentMb;
	const lines = [];
	if (at(few) !== undefined)
		lines.push(verdict(`memory at ${connectionsOf(few)} connections`, at(few), '≤', fewMb, ' MB'));
	if (at(few) !== undefined && at(many) !== undefined) {
		const each = ((at(many) - at(few)) * 1024) / (connectionsOf(many) - connectionsOf(few));
		lines.push(verdict('memory for each further one', each, '≤', moreKib, ' KiB'));
	}
	return lines;
}
