import {spawnSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {cpus, release} from 'node:os';
import {setTimeout as sleep} from 'node:timers/promises';

const LOOK_MS = 500;
const BUSY_SHARE = 0.1;

/** What a reader needs to judge the figures; nothing that names the machine. */
export function machineFacts() {
	const processors = cpus();
	return {
		cpu: processors[0]?.model.trim() ?? 'unknown',
		cores: processors.length,
		kernel: release(),
		congestionControl: congestionControl(),
		node: process.version,
		haproxy: firstMatch('haproxy', ['-v'], /version (\S+)/),
		nginx: firstMatch('nginx', ['-v'], /nginx\/(\S+)/),
	};
}

function congestionControl() {
	const file = '/proc/sys/net/ipv4/tcp_congestion_control';
	return existsSync(file) ? readFileSync(file, 'utf8').trim() : 'unknown';
}

function firstMatch(command, args, pattern) {
	const {stdout, stderr} = spawnSync(command, args, {encoding: 'utf8'});
	return pattern.exec(`${stdout ?? ''}${stderr ?? ''}`)?.[1] ?? null;
}

/** True when a command can be run here. */
export function isInstalled(command, args = ['-v']) {
	return spawnSync(command, args).error === undefined;
}

/** How many files one process may have open. */
export function fileLimit() {
	const limits = readFileSync('/proc/self/limits', 'utf8');
	const hard = /^Max open files\s+\S+\s+(\S+)/m.exec(limits)?.[1];
	return hard === 'unlimited' ? 1_048_576 : Number(hard);
}

/** Processor time so far, over all cores, in ticks. */
export function processorTime() {
	const [, ...ticks] = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0].split(/\s+/).map(Number);
	const [user, nice, system, idle, waiting, interrupts, soft, stolen] = ticks;
	const busy = user + nice + system + interrupts + soft;
	return {busy, stolen, total: busy + idle + waiting + stolen};
}

/** Which shares of the time between two readings were busy, and stolen by the host. */
export function processorShares(earlier, later) {
	const total = Math.max(1, later.total - earlier.total);
	return {busy: (later.busy - earlier.busy) / total, stolen: (later.stolen - earlier.stolen) / total};
}

/** Says so when other programs use this machine, for their noise is in the figures. */
export async function warnWhenBusy() {
	const before = processorTime();
	await sleep(LOOK_MS);
	const {busy} = processorShares(before, processorTime());
	if (busy < BUSY_SHARE) return;
	const percent = Math.round(busy * 100);
	console.log(`! other programs use ${percent} % of this machine: measure again when it is quiet`);
}
