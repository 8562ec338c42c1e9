import {formatTable, range, ratio, verdict, whole} from './table.mjs';

/** A closed loop is measured well when a window holds this many of its turns. */
const TURNS_WANTED = 5;

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
		'× pipe',
		'× direct',
	];
	console.log(formatTable(head, figure.systems.map(formatSystem)));
	for (const system of figure.systems) printRemarks(system, workload, seconds);
}

function formatSystem(system) {
	const [haproxy, pipe, direct] = ['haproxy-1', 'pipe', 'direct'].map(id => system.times[id]);
	return [
		system.title,
		whole(system.perSecond.median),
		range(system.perSecond),
		whole(system.p50Us),
		whole(system.p99Us),
		system.cpuUsPerMessage.toFixed(2),
		whole(system.residentMb),
		haproxy ? ratio(haproxy) : '–',
		pipe?.median.toFixed(2) ?? '–',
		direct?.median.toFixed(2) ?? '–',
	];
}

function printRemarks(system, workload, seconds) {
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
	if (system.id !== 'lbtop') return;
	for (const [other, asked] of Object.entries(workload.asked)) {
		const times = system.times[other]?.median;
		if (times === undefined) continue;
		console.log(verdict(`lbtop × ${other}`, times, '≥', asked));
	}
}
