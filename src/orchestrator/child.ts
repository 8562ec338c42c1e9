/** One process of a part, from spawn to exit. */

import {execa} from 'execa';
import type {PartCommand} from '../domain/command.ts';
import {escapeText} from '../domain/escape.ts';
import type {Exit, StampedPartEvent} from '../domain/event.ts';
import {phrase} from '../words/words.ts';
import type {Program} from './program.ts';
import {shellCommand} from './shell-command.ts';

export type Child = {
	pid: number;
	/** The program's gentle signal. Signals go to the whole process group, so that what a shell started is reached too. */
	end(): void;
	signal(name: NodeJS.Signals): void;
	send(command: PartCommand): void;
	/** Settles when the process is gone, and never rejects. */
	exited: Promise<Exit>;
};

type ChildEvents = {onEvents(events: StampedPartEvent[]): void; onErrorLine(line: string): void};

/** What programs colour their words with (SGR): written out, it would hide them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are the subject
const colours = /\u001b\[[\d;:]*m/g;

/** Lines of stderr that are told with an exit. */
const keptErrors = 8;

/** So long the last words of a process that has ended are waited for. */
const lastWordsMs = 500;

/**
 * Memory counts here: a run is five Node processes. Small young generations cost these programs nothing, and without the
 * second (as in bin/lbtop.js) V8 lets a heap grow to four times what is in use before it collects what is old: for tens of
 * minutes that looks like a leak. By half and not less: where much is in use, collecting it often would cost.
 */
const nodeOptions = ['--max-semi-space-size=4', '--heap-growing-percent=50'];

/** Starts a program in a process group of its own. Throws with a sentence when the process cannot be made at all. */
export function startChild(program: Program, life: number, events: ChildEvents): Child {
	program.prepare?.();
	const process_ = spawnProgram(program, life);
	const pid = process_.pid;
	if (pid === undefined) {
		// execa reports the cause by the settled result; the spawn has failed already.
		process_.catch(() => {});
		throw Object.assign(new Error(phrase('{name}: its process could not be started', {name: program.name})), {
			code: 'ENOENT',
		});
	}
	let lastError = '';
	const errors: string[] = [];
	if (process_.stderr) {
		eachLine(process_.stderr, written => {
			const line = written.replace(colours, '');
			const shown = escapeText(line).slice(0, 500);
			if (!isTrailer(line)) lastError = shown;
			errors.push(shown);
			if (errors.length > keptErrors) errors.shift();
			events.onErrorLine(shown);
		});
	}
	process_.on('message', message => {
		if (Array.isArray(message)) events.onEvents(message as StampedPartEvent[]);
	});
	const attendant = program.attend?.({pid, tell: events.onEvents});
	let isAskedToEnd = false;
	const signal = (name: NodeJS.Signals) => {
		try {
			process.kill(-pid, name);
		} catch {
			// The group is gone, or (Windows) there are none: then the process itself, which may be gone too.
			process_.kill(name);
		}
	};
	const exited = new Promise<Exit>(resolve => {
		process_.once('exit', (code, how) => {
			const settle = () => {
				clearTimeout(late);
				const exit = {code, signal: how, lastError, errors};
				attendant?.ended(exit);
				resolve(exit);
			};
			let late: NodeJS.Timeout | undefined;
			// A shell ends at once when it is asked to, while what it has started finishes its work. But what a crash leaves behind
			// would keep its port, and be nobody's when lbtop ends.
			if (!isAskedToEnd) {
				signal('SIGKILL');
				late = setTimeout(settle, lastWordsMs);
			}
			process_.then(settle, settle);
		});
	});
	return {
		pid,
		signal,
		end: () => {
			isAskedToEnd = true;
			const ask = () => signal(program.endsBy ?? 'SIGTERM');
			if (attendant) void attendant.beforeEnd().then(ask);
			else ask();
		},
		send: command => {
			attendant?.send(command);
			// A part that has just died has no channel; its exit is the news, not this.
			if (process_.connected) process_.send?.(command, () => {});
		},
		exited,
	};
}

function spawnProgram(program: Program, life: number) {
	const common = {
		detached: process.platform !== 'win32',
		stdin: 'ignore',
		stdout: 'ignore',
		stderr: 'pipe',
		buffer: false,
		reject: false,
	} as const;
	if (program.run.type === 'ours')
		return execa(process.execPath, [...nodeOptions, program.run.file, ...program.run.args(life)], {
			...common,
			ipc: true,
			serialization: 'json',
			env: ownEnvironment(process.env),
			extendEnv: false,
		});
	if (program.run.type === 'foreign')
		return execa(program.run.file, program.run.args, {
			...common,
			env: ownEnvironment(process.env),
			extendEnv: false,
		});
	const {command, port} = program.run;
	return execa(process.platform === 'win32' ? command : shellCommand(command), {
		...common,
		shell: true,
		env: {...usersEnvironment(process.env), PORT: String(port)},
		extendEnv: false,
	});
}

/** A user's own server is no part of lbtop's production build: it gets NODE_ENV as it was before the launcher set it. */
function usersEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	const {LBTOP_NODE_ENV: given = environment.NODE_ENV, NODE_ENV: _, ...rest} = environment;
	return given ? {...rest, NODE_ENV: given} : rest;
}

/** A part is told its options by the lab: what stands there as the lab's own, or for a part by hand, is none of its. */
function ownEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	const isOption = (name: string) => name.startsWith('LBTOP_') && name !== 'LBTOP_DEBUG';
	return Object.fromEntries(Object.entries(environment).filter(([name]) => !isOption(name)));
}

/** Calls for each whole line; a line without end is cut at 4 KiB, so that a babbling program costs nothing. */
function eachLine(stream: NodeJS.ReadableStream, onLine: (line: string) => void) {
	let rest = '';
	stream.on('error', () => {});
	stream.on('data', (chunk: Buffer) => {
		const lines = (rest + chunk.toString('utf8')).split('\n');
		rest = lines.pop()!.slice(0, 4096);
		for (const line of lines) if (line.trim()) onLine(line);
	});
	stream.on('end', () => {
		if (rest.trim()) onLine(rest);
	});
}

/** What Node writes after the sentence that says what went wrong: the stack and its own version. */
function isTrailer(line: string): boolean {
	return /^\s+at |^Node\.js v\d|^\s*[}\]]/.test(line);
}
