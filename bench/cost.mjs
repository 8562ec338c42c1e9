/** What each process of a running system costs in processor time while it is under load. */
import {setTimeout as sleep} from 'node:timers/promises';
import {cpuSeconds, processTree, programOf} from './processes.mjs';

const SAMPLE_MS = 100;
/** Start-up is not load: the first second after the clients were started is left out. */
const SETTLE_MS = 1000;

/**
 * Watches programs and their descendants until `ended` settles. Gives `{name: seconds per second}`, of all processes of
 * one name together; empty when the load was too short to tell.
 */
export async function watchCost(programs, ended) {
	const watched = {isOver: false};
	const over = () => {
		watched.isOver = true;
	};
	ended.then(over, over);
	let first;
	let last;
	let seenAt;
	while (!watched.isOver) {
		const sample = sampleOf(programs);
		if ([...sample.processes.values()].some(({name}) => name === 'clients')) seenAt ??= sample.at;
		if (seenAt !== undefined && sample.at - seenAt > SETTLE_MS) {
			first ??= sample;
			// At the end processes leave one by one: only what is whole is compared.
			if ([...first.processes.keys()].every(pid => sample.processes.has(pid))) last = sample;
		}
		await sleep(SAMPLE_MS);
	}
	return first && last !== first ? between(first, last) : {};
}

function sampleOf(programs) {
	const processes = new Map();
	for (const {pid} of programs.flatMap(program => processTree(program.pid))) {
		const name = programOf(pid);
		const seconds = cpuSeconds(pid);
		if (name !== undefined && seconds !== undefined) processes.set(pid, {name, seconds});
	}
	return {at: performance.now(), processes};
}

function between(first, last) {
	const cost = {};
	for (const [pid, {name, seconds}] of first.processes) {
		const share = (last.processes.get(pid).seconds - seconds) / ((last.at - first.at) / 1000);
		cost[name] = (cost[name] ?? 0) + share;
	}
	return cost;
}
