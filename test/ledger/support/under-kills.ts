/** Real servers behind a real balancer, killed at random moments and started again, while real clients send. */

import {type ChildProcess, spawn} from 'node:child_process';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {seededRandom} from '../../../src/domain/random.ts';
import {judge} from '../../../src/ledger/judge.ts';
import {createLogAudit} from '../../../src/ledger/log-audit.ts';
import {closeLogs, openLogs, readLogs} from '../../../src/ledger/read-logs.ts';
import {freePort} from '../../../src/orchestrator/readiness.ts';
import {plainEnvironment, temporaryFolder} from '../../support/lab.ts';
import {until} from '../../support/until.ts';

export type KillSettings = {
	kills: number;
	/** ACKs that the clients must have before all ends. */
	acked: number;
	servers: number;
	seed: number;
	/** Further options of the servers and of the clients. */
	serverOptions: string[];
	clientOptions: string[];
};

const program = (name: string) => path.resolve(import.meta.dirname, '../../../dist', `${name}.js`);

/** Runs until so many servers were killed and all clients have ended; gives the ledger and what the servers wrote down themselves. */
export async function runUnderKills({kills, acked, servers, seed, serverOptions, clientOptions}: KillSettings) {
	const folder = temporaryFolder();
	const random = seededRandom(seed);
	const children = new Set<ChildProcess>();
	const start = (name: string, args: string[], isSaid: (output: string) => boolean = () => true) => {
		const child = spawn(process.execPath, [program(name), ...args, '--log', 'log.txt'], {
			cwd: folder.path,
			env: plainEnvironment(),
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		children.add(child);
		let output = '';
		const ready = new Promise<void>(resolve => {
			child.stdout!.on('data', chunk => {
				output += chunk;
				if (isSaid(output)) resolve();
			});
		});
		const exited = new Promise<void>(resolve => {
			child.on('exit', () => {
				children.delete(child);
				resolve();
			});
		});
		return {child, exited, ready: Promise.race([ready, exited]), output: () => output};
	};

	try {
		// Below the ports that the kernel gives to connections: a server that is killed gets its own again.
		const first = 20_000 + Math.floor(Math.random() * 12_000);
		const taken = new Set<number>();
		const ports: number[] = [];
		for (let n = 0; n <= servers; n++) {
			ports.push((await freePort('127.0.0.1', first + 10 * n, taken))!);
			taken.add(ports.at(-1)!);
		}
		const address = (n: number) => `127.0.0.1:${ports[n]}`;
		const numbers = Array.from({length: servers}, (_, n) => n + 1);
		const startServer = (n: number) =>
			start(
				'server',
				['--name', `Server ${n}`, '--port', String(ports[n]), '--executions', `server-${n}`, ...serverOptions],
				output => output.includes('listening'),
			);
		const specs = numbers.flatMap(n => ['--server', `${address(n)},name=Server ${n}`]);
		const checks = ['--inter', '10ms', '--fastinter', '10ms', '--rise', '1', '--fall', '2'];
		const balancer = start('balancer', ['--port', String(ports[0]), ...specs, ...checks]);
		const clients = start('clients', ['--to', address(0), '--connect', 'persistent', ...clientOptions]);
		let killed = 0;
		const last = await Promise.all(
			numbers.map(async n => {
				for (;;) {
					const server = startServer(n);
					await server.ready;
					if (killed >= kills) return server;
					await wait(random() * 150);
					killed++;
					server.child.kill('SIGKILL');
					await server.exited;
				}
			}),
		);
		const ackedNow = () =>
			Number(
				clients
					.output()
					.match(/acked (\d+)/g)
					?.at(-1)
					?.slice('acked '.length) ?? 0,
			);
		await until(() => ackedNow() >= acked, {ms: 120_000, what: () => `${acked} ACKs, not ${ackedNow()}`});
		for (const part of [[clients], [balancer], last])
			for (const {child, exited} of part) {
				child.kill('SIGTERM');
				await exited;
			}

		const logs = openLogs([path.join(folder.path, 'log.txt')]);
		const log = createLogAudit({keepsAll: false});
		await readLogs(logs, log);
		closeLogs(logs);
		const records = numbers.map(n => ({
			name: `Server ${n}`,
			executions: recordOf(path.join(folder.path, `server-${n}`)),
		}));
		const text = readFileSync(path.join(folder.path, 'log.txt'), 'utf8');
		return {killed, text, log, audit: log.current(), judgement: judge(log.current(), {isWhole: true}), records};
	} finally {
		for (const child of children) child.kill('SIGKILL');
		folder.close();
	}
}

/** In the order in which a server's lives wrote them. */
export type Execution = {pid: string; id: string};

function recordOf(file: string): Execution[] {
	const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
	return lines.map(line => {
		const [pid, id] = line.split(' ') as [string, string];
		return {pid, id};
	});
}
