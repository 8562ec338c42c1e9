import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {execa} from 'execa';
import {ask} from '../../src/control/control-client.ts';
import type {ControlAnswer, ControlRequest} from '../../src/control/protocol.ts';
import {socketPath} from '../../src/control/socket-path.ts';
import type {Summary} from '../../src/report/summary.ts';
import {descendantsOf, isAlive} from './processes.ts';
import {until} from './until.ts';

/** The built program. */
export const lbtop = path.resolve(import.meta.dirname, '../../dist/lbtop.js');

/** A folder of a test's own; `close` removes it. */
export function temporaryFolder(): {path: string; close(): void} {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'lbtop-test-'));
	return {path: folder, close: () => rmSync(folder, {recursive: true, force: true})};
}

/** The environment of a program under test: none of the test runner's own. */
export function plainEnvironment(): NodeJS.ProcessEnv {
	const names = Object.keys(process.env).filter(
		name => !/^(CI|VITEST|NODE_ENV|NO_COLOR|FORCE_COLOR|LBTOP_|npm_|NODE_OPTIONS)/.test(name),
	);
	return {...Object.fromEntries(names.map(name => [name, process.env[name]])), NODE_ENV: 'production'};
}

/** For a program that a test ends: execa would kill it when it has not ended by SIGTERM within five seconds. */
export const unhurried = {forceKillAfterDelay: false} as const;

/** Runs lbtop to its end in a folder; never rejects. */
export function runLbtop(args: string[], cwd: string, environment: NodeJS.ProcessEnv = {}) {
	return execa(process.execPath, [lbtop, ...args], {
		cwd,
		reject: false,
		env: {...plainEnvironment(), ...environment},
		extendEnv: false,
		timeout: 60_000,
	});
}

export type Lab = Awaited<ReturnType<typeof startLab>>;

/** Starts `lbtop run` as a user would, in a folder of its own, and waits until all parts run. */
export async function startLab(args: string[] = [], {cwd}: {cwd?: string} = {}) {
	const folder = cwd === undefined ? temporaryFolder() : {path: cwd, close() {}};
	const child = execa(process.execPath, [lbtop, 'run', '--json', ...args], {
		cwd: folder.path,
		reject: false,
		env: plainEnvironment(),
		extendEnv: false,
		...unhurried,
	});
	const pid = child.pid!;
	let errors = '';
	child.stderr.on('data', (chunk: Buffer) => {
		errors += chunk;
	});
	// A busy machine's lab may take longer than people like to wait.
	const tell = (request: ControlRequest): Promise<ControlAnswer> => ask(socketPath(pid), request, {waitMs: 25_000});
	const status = async (): Promise<Summary> => {
		const answer = await tell({type: 'status'});
		if (!answer.ok || !answer.status) throw new Error(JSON.stringify(answer));
		return answer.status;
	};
	await until(async () => (await status().catch(() => undefined))?.phase === 'running', {
		ms: 30_000,
		what: () => `all parts run; stderr: ${errors}`,
	});
	return {
		pid,
		folder: folder.path,
		tell,
		status,
		errors: () => errors,
		/** Every process of the run but lbtop itself, by asking the kernel. */
		children: () => descendantsOf(pid),
		/** The pid of a part, by its command line. */
		pidOf: (part: string) => descendantsOf(pid).find(({line}) => line.includes(part))?.pid,
		log: () => readFileSync(path.join(folder.path, 'log.txt'), 'utf8').split('\n').slice(0, -1),
		/** Ends it gently and gives the summary it printed. */
		quit: async () => {
			await tell({type: 'quit', now: false});
			const {stdout, exitCode} = await child;
			return {summary: JSON.parse(stdout) as Summary, exitCode};
		},
		ended: child.then(({stdout, exitCode, signal}) => ({stdout, exitCode, signal})),
		signal: (name: NodeJS.Signals) => process.kill(pid, name),
		close: async () => {
			const left = descendantsOf(pid);
			child.kill('SIGKILL');
			await child;
			for (const {pid: one} of left) await until(() => !isAlive(one), {what: `process ${one} is gone`});
			folder.close();
		},
	};
}
