/**
 * Every program the benchmarks start goes through here, so that every one is
 * ended by its pid: at its end, at an error, and at Ctrl-C.
 */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readdirSync, readFileSync} from 'node:fs';
import {connect, createServer} from 'node:net';
import {constants} from 'node:os';
import {setTimeout as sleep} from 'node:timers/promises';

const KEPT_ERROR_BYTES = 2000;
const STOP_MS = 4000;

const running = new Set();
let isEnding = false;

/**
 * Starts a program. `core` pins it and its children to one processor.
 * `output()` is what it printed, `failure()` why it ended or the end of its
 * stderr, `ended` settles at its exit, `stop()` ends it and its descendants.
 */
export function startProgram(command, args, {cwd, core} = {}) {
	const [file, all] = core === undefined ? [command, args] : ['taskset', ['-c', String(core), command, ...args]];
	const child = spawn(file, all, {cwd, stdio: ['ignore', 'pipe', 'pipe']});
	let output = '';
	let errors = '';
	child.stdout.setEncoding('utf8').on('data', text => {
		output += text;
	});
	child.stderr.setEncoding('utf8').on('data', text => {
		errors = (errors + text).slice(-KEPT_ERROR_BYTES);
	});
	const program = {
		child,
		pid: child.pid,
		output: () => output,
		failure: () => errors.trim() || `ended with ${child.signalCode ?? child.exitCode}`,
		hasEnded: () => child.exitCode !== null || child.signalCode !== null,
		ended: new Promise(resolve => {
			child.on('error', error => {
				errors = error.message;
				resolve();
			});
			child.on('close', resolve);
		}),
		stop: () => stopTree(program),
	};
	return watchOver(program);
}

/** Takes in a program, `{pid, ended, stop()}`, among those that end with us. */
export function watchOver(program) {
	running.add(program);
	program.ended.then(() => running.delete(program));
	return program;
}

/** Runs a program to its end and gives what it printed; throws if it fails. */
export async function runProgram(command, args, {limitMs, ...options} = {}) {
	const program = startProgram(command, args, options);
	const limit = limitMs && setTimeout(() => program.stop(), limitMs);
	await program.ended;
	clearTimeout(limit);
	if (program.child.exitCode !== 0) {
		throw new Error(`${command} ${args[0] ?? ''}: ${program.failure()}`);
	}
	return program.output();
}

async function stopTree(program) {
	if (program.hasEnded() || program.pid === undefined) return;
	await endTree(program.pid, program.ended);
}

/**
 * Asks a process to end and waits for `ended`; what is left of it and of its
 * descendants after a while is killed.
 */
export async function endTree(pid, ended) {
	const tree = processTree(pid);
	kill(pid, 'SIGTERM');
	const limit = setTimeout(() => killTree(tree), STOP_MS);
	await ended;
	clearTimeout(limit);
	killTree(tree);
}

function killTree(tree) {
	for (const {pid, startedAt} of tree) {
		if (readStat(pid)?.startedAt === startedAt) kill(pid, 'SIGKILL');
	}
}

function kill(pid, signal) {
	try {
		process.kill(pid, signal);
	} catch {
		// It has ended by itself, which is what was wanted.
	}
}

/** True once a signal asked the bench to end: what fails then is no news. */
export const wasInterrupted = () => isEnding;

export async function stopAll() {
	await Promise.all([...running].map(program => program.stop()));
}

/** Ends everything when the bench itself is asked to end, and at its exit. */
export function endProgramsWithUs() {
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
		process.once(signal, async () => {
			isEnding = true;
			await stopAll();
			process.exit(128 + constants.signals[signal]);
		});
	}
	process.on('exit', () => {
		for (const {pid} of running) if (pid) killTree(processTree(pid));
	});
}

/** A process and its descendants, as `{pid, startedAt}`. */
export function processTree(root) {
	const processes = readdirSync('/proc')
		.filter(entry => /^\d+$/.test(entry))
		.map(entry => readStat(Number(entry)))
		.filter(stat => stat !== undefined);
	const tree = processes.filter(({pid}) => pid === root);
	for (const parent of tree) {
		tree.push(...processes.filter(({ppid}) => ppid === parent.pid));
	}
	return tree;
}

function readStat(pid) {
	const text = readProc(pid, 'stat');
	if (text === undefined) return undefined;
	const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
	if (fields[0] === 'Z') return undefined;
	return {pid, ppid: Number(fields[1]), startedAt: fields[19]};
}

/** Resident memory of some processes together, in MB; shared pages count twice. */
export function residentMegabytes(pids) {
	const kilobytes = pids.map(pid => Number(/^VmRSS:\s+(\d+)/m.exec(readProc(pid, 'status') ?? '')?.[1] ?? 0));
	return kilobytes.reduce((sum, one) => sum + one, 0) / 1024;
}

const TICKS_A_SECOND = 100; // CLK_TCK is 100 on every Linux that Node runs on

/** Processor time of one process, without its children, in seconds; undefined when it has ended. */
export function cpuSeconds(pid) {
	const fields = readProc(pid, 'stat')
		?.replace(/^.*\) /s, '')
		.split(' ');
	return fields && (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
}

/** What a process runs: lbtop's part or command, or else the program's name; undefined when it has ended. */
export function programOf(pid) {
	const line = readProc(pid, 'cmdline')?.replaceAll('\0', ' ');
	return line && (/(?:dist\/|lbtop\.js )([a-z-]+)/.exec(line)?.[1] ?? readProc(pid, 'comm')?.trim());
}

function readProc(pid, file) {
	try {
		return readFileSync(`/proc/${pid}/${file}`, 'utf8');
	} catch {
		return undefined; // It has ended meanwhile.
	}
}

/** A port nobody listens on just now. */
export async function freePort() {
	const probe = createServer().listen(0, '127.0.0.1');
	await once(probe, 'listening');
	const {port} = probe.address();
	probe.close();
	await once(probe, 'close');
	return port;
}

/** Waits for the line `listening PORT` and gives the port. */
export async function announcedPort(program, limitMs = 5000) {
	const port = () => /^listening (\d+)$/m.exec(program.output())?.[1];
	await until(() => port() !== undefined, program, limitMs);
	return Number(port());
}

/** Waits until a `PING` sent to the port is answered with a `PONG`. */
export async function answersPing(program, port, limitMs = 10_000) {
	await until(() => pings(port), program, limitMs);
}

async function until(condition, program, limitMs) {
	const end = performance.now() + limitMs;
	while (!(await condition())) {
		if (program.hasEnded() || performance.now() > end) {
			throw new Error(`not ready: ${program.failure()}`);
		}
		await sleep(20);
	}
}

async function pings(port) {
	const socket = connect({host: '127.0.0.1', port, timeout: 500});
	socket.on('timeout', () => socket.destroy());
	try {
		await once(socket, 'connect');
		socket.write('PING\n');
		for await (const bytes of socket) return String(bytes).startsWith('PONG');
	} catch {
		return false; // Not listening yet.
	} finally {
		socket.destroy();
	}
	return false;
}
