import path from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import type {Event} from '../../src/domain/event.ts';
import {createOrchestrator, type Orchestrator} from '../../src/orchestrator/orchestrator.ts';
import {type Program, usualGraceMs} from '../../src/orchestrator/program.ts';
import {freePort} from '../../src/orchestrator/readiness.ts';
import {isAlive} from '../support/processes.ts';
import {until} from '../support/until.ts';

let orchestrator: Orchestrator | undefined;
let events: Event[] = [];
afterEach(async () => {
	await orchestrator?.end({now: true});
	orchestrator = undefined;
	events = [];
});

/** An orchestrator whose backoffs are drawn as 0, so that restarts come at once, unless they are to be waited for. */
function open(random = () => 0) {
	orchestrator = createOrchestrator({emit: event => events.push(event), now: () => performance.now(), random});
	return orchestrator;
}

async function program(name: string, id = 'server-1'): Promise<Program> {
	const port = (await freePort('127.0.0.1', 20_000 + Math.floor(Math.random() * 9000), new Set()))!;
	const command = name.includes(' ') ? name : `exec ${process.execPath} test/programs/${name}.mjs ${port}`;
	return {
		id,
		name: id,
		graceMs: usualGraceMs,
		run: {type: 'shell', command, port},
		ready: {type: 'accepts', host: '127.0.0.1', port},
	};
}

const statuses = () => events.flatMap(event => (event.type === 'process-changed' ? event.status : []));
const pids = () => events.flatMap(event => (event.type === 'spawned' ? event.pid : []));
const exits = () => events.flatMap(event => (event.type === 'exited' ? event : []));

describe('a server', () => {
	test('is READY when it accepts, and STOPPED by SIGTERM, for good', async () => {
		const {start, command} = open();
		expect(await start(await program('acks-in-order'))).toEqual({ok: true});
		expect(statuses()).toEqual(['STARTING', 'READY']);
		expect(command({type: 'stop', part: 'server-1'}, 'you')).toEqual({ok: true, echo: `kill -TERM ${pids()[0]}`});
		await until(() => statuses().at(-1) === 'STOPPED');
		expect(exits()[0]).toMatchObject({planned: true, by: 'you', exit: {signal: 'SIGTERM'}});
		expect(pids()).toHaveLength(1);
		expect(isAlive(pids()[0]!)).toBe(false);
	});
	test('that crashes is started again, with its last words told', async () => {
		const {start} = open();
		const result = await start(await program('exits-at-once'));
		expect(result).toEqual({ok: false, code: 'exit 7', reason: 'exits-at-once: no configuration found'});
		await until(() => pids().length >= 3);
		expect(exits()[0]).toMatchObject({
			planned: false,
			exit: {
				code: 7,
				lastError: 'exits-at-once: no configuration found',
				errors: ['exits-at-once: no configuration found'],
			},
		});
		expect(statuses().slice(0, 4)).toEqual(['STARTING', 'CRASHED', 'BACKOFF', 'STARTING']);
		const first = events.findIndex(({type}) => type === 'exited');
		expect(events.slice(0, first)).toContainEqual(
			expect.objectContaining({type: 'errors-read', lines: ['exits-at-once: no configuration found'], passedOver: 0}),
		);
	});
	test('that goes into the background is told of once: it ended well, and its address is answered', async () => {
		const {start} = open();
		const daemons = () => exits().flatMap(({exit}) => Number(exit.lastError));
		const notes = () => events.flatMap(event => (event.type === 'noted' ? event.text : []));
		const goes = await program('goes-into-background');
		try {
			await start(goes);
			await until(() => notes().length > 0 && exits().length > 1);
			const {port} = goes.run as Extract<Program['run'], {type: 'shell'}>;
			expect(notes()).toEqual([expect.stringContaining(`server-1 has ended, yet 127.0.0.1:${port} is answered`)]);
		} finally {
			await orchestrator?.end({now: true});
			for (const daemon of daemons()) if (isAlive(daemon)) process.kill(daemon, 'SIGKILL');
		}
	});
	test('that crashes when it is asked to end is told by its own exit code and its last words, without their colours', async () => {
		const {start, command} = open();
		const server = await program('crashes-on-sigterm');
		const line = (server.run as {command: string}).command.replace('exec ', '');
		await start({...server, run: {type: 'shell', command: line, port: 0}});
		command({type: 'stop', part: 'server-1'}, 'you');
		await until(() => statuses().at(-1) === 'STOPPED');
		expect(exits()[0]!.exit).toMatchObject({
			code: 9,
			lastError: 'Error: cannot close',
			errors: ['Error: cannot close', '    at process.emit (node:events:1:1)'],
		});
	});
	test('killed by someone else comes back; killed by command stays down until it is started', async () => {
		const {start, command} = open();
		await start(await program('acks-in-order'));
		process.kill(pids()[0]!, 'SIGKILL');
		await until(() => pids().length === 2 && statuses().at(-1) === 'READY');
		expect(command({type: 'kill', part: 'server-1'}, 'ctl').ok).toBe(true);
		await until(() => statuses().at(-1) === 'STOPPED');
		expect(pids()).toHaveLength(2);
		expect(command({type: 'kill', part: 'server-1'}, 'ctl')).toEqual({
			ok: false,
			reason: 'server-1 is not running (STOPPED)',
		});
		expect(command({type: 'start', part: 'server-1'}, 'ctl').ok).toBe(true);
		await until(() => statuses().at(-1) === 'READY');
		expect(command({type: 'start', part: 'server-1'}, 'you')).toMatchObject({
			ok: false,
			reason: expect.stringContaining('running already'),
		});
	});
	test('stopped while it is paused, or waits to be started again, is told as what does the same', async () => {
		const aMinute = () => 240;
		const {start, command} = open(aMinute);
		await start(await program('acks-in-order'));
		command({type: 'pause', part: 'server-1'}, 'you');
		const [pid] = pids();
		expect(command({type: 'stop', part: 'server-1'}, 'you')).toEqual({
			...{ok: true, echo: `kill -TERM ${pid}; kill -CONT ${pid}`},
		});
		await until(() => statuses().at(-1) === 'STOPPED');
		await start(await program('exits-at-once'));
		await until(() => statuses().at(-1) === 'BACKOFF');
		expect(command({type: 'stop', part: 'server-1'}, 'you')).toEqual({ok: true, echo: 'lbtop ctl stop server-1'});
		await until(() => statuses().at(-1) === 'STOPPED');
	});
	test('that crashes is started again whatever it leaves behind, which ends with it', async () => {
		const {start} = open();
		const server = await program('acks-in-order');
		// The one that is left holds the pipe that its stderr is read from.
		const command = `sleep 1000 & echo "left $!" >&2; ${(server.run as {command: string}).command}`;
		await start({...server, run: {type: 'shell', command, port: 0}});
		const left = () => events.flatMap(event => (event.type === 'errors-read' ? event.lines : []));
		await until(() => left().some(line => /^left \d+$/.test(line)));
		process.kill(pids()[0]!, 'SIGKILL');
		await until(() => pids().length === 2 && statuses().at(-1) === 'READY');
		const orphan = Number(/left (\d+)/.exec(left()[0]!)![1]);
		await until(() => !isAlive(orphan));
	});
	test('that is a shell is not over by SIGTERM before what it has started is', async () => {
		const {start, command} = open();
		const server = await program('acks-in-order');
		const gentle = `trap 'sleep 0.5; echo finished >&2; exit 0' TERM; echo gentle >&2; while :; do sleep 0.05; done`;
		const line = `(${gentle}) & ${(server.run as {command: string}).command.replace('exec ', '')}; true`;
		await start({...server, run: {type: 'shell', command: line, port: 0}});
		const left = () => events.flatMap(event => (event.type === 'errors-read' ? event.lines : []));
		await until(() => left().includes('gentle'), {what: () => left().join('\n')});
		command({type: 'stop', part: 'server-1'}, 'you');
		await until(() => statuses().at(-1) === 'STOPPED');
		expect(left()).toContain('finished');
		expect(exits()[0]!.exit.signal).toBe('SIGTERM');
	});
	test('in backoff is stopped for good by a stop', async () => {
		orchestrator = createOrchestrator({
			emit: event => events.push(event),
			now: () => performance.now(),
			random: () => 0.99,
		});
		await orchestrator.start(await program('exits-at-once'));
		await until(() => statuses().at(-1) === 'BACKOFF');
		expect(orchestrator.command({type: 'stop', part: 'server-1'}, 'you').ok).toBe(true);
		expect(statuses().at(-1)).toBe('STOPPED');
	});
	test('that ignores SIGTERM is killed after the grace time', async () => {
		const {start, command} = open();
		await start(await program('ignores-sigterm'));
		const from = performance.now();
		command({type: 'stop', part: 'server-1'}, 'you');
		await until(() => statuses().at(-1) === 'STOPPED');
		expect(exits()[0]!.exit.signal).toBe('SIGKILL');
		expect(performance.now() - from).toBeGreaterThan(usualGraceMs - 100);
	});
	test('that never listens is NOT-READY, and the start does not wait for ever', async () => {
		const {start} = open();
		const deaf = await program('never-listens');
		const {port} = deaf.run as Extract<Program['run'], {type: 'shell'}>;
		const reason = `nothing listens on 127.0.0.1:${port} after 5 s`;
		expect(await start(deaf)).toEqual({ok: false, code: 'NOT-READY', reason});
		expect(statuses()).toEqual(['STARTING', 'NOT-READY']);
	});
	test('killed by command before it is ready is STOPPED, which is no failure to start', async () => {
		const {start, command} = open();
		const started = start(await program('never-listens'));
		await until(() => pids().length === 1);
		command({type: 'kill', part: 'server-1'}, 'you');
		expect(await started).toMatchObject({ok: false, code: 'STOPPED'});
		expect(statuses()).toEqual(['STARTING', 'STOPPED']);
	});
	test('whose command does not exist is told by its exit', async () => {
		const {start} = open();
		expect(await start(await program('no-such-command-here {port}'))).toMatchObject({ok: false, code: 'exit 127'});
	});
	test('paused and resumed, and stopped while it is paused', async () => {
		const {start, command} = open();
		await start(await program('acks-in-order'));
		expect(command({type: 'resume', part: 'server-1'}, 'you')).toEqual({ok: false, reason: 'server-1 is not paused'});
		command({type: 'pause', part: 'server-1'}, 'you');
		expect(statuses().at(-1)).toBe('PAUSED');
		command({type: 'resume', part: 'server-1'}, 'you');
		expect(statuses().at(-1)).toBe('READY');
		command({type: 'pause', part: 'server-1'}, 'you');
		command({type: 'stop', part: 'server-1'}, 'you');
		await until(() => statuses().at(-1) === 'STOPPED');
		expect(exits()[0]!.exit.signal).toBe('SIGTERM');
	});
	test('is started behind a kill or a stop that is not over yet, unless it is killed again', async () => {
		const {start, command} = open();
		await start(await program('acks-in-order'));
		for (const [life, type] of (['kill', 'stop'] as const).entries()) {
			command({type, part: 'server-1'}, 'you');
			expect(command({type: 'start', part: 'server-1'}, 'you').ok).toBe(true);
			expect(command({type: 'start', part: 'server-1'}, 'ctl').ok).toBe(true);
			await until(() => pids().length === life + 2 && statuses().at(-1) === 'READY');
			expect(exits().at(-1)).toMatchObject({planned: true, by: 'you'});
		}
		for (const type of ['kill', 'start', 'kill'] as const) command({type, part: 'server-1'}, 'you');
		await until(() => statuses().at(-1) === 'STOPPED');
		expect(command({type: 'start', part: 'server-1'}, 'you').ok).toBe(true);
		await until(() => statuses().at(-1) === 'READY');
		expect(pids()).toHaveLength(4);
		expect(pids().filter(isAlive)).toHaveLength(1);
	});
	test('restarted twice at once is one process', async () => {
		const {start, command} = open();
		await start(await program('acks-in-order'));
		for (const by of ['you', 'ctl'] as const) {
			const echo = 'lbtop ctl kill-restart server-1';
			expect(command({type: 'kill-restart', part: 'server-1'}, by)).toEqual({ok: true, echo});
		}
		await until(() => pids().length > 1 && statuses().at(-1) === 'READY');
		expect(pids()).toHaveLength(2);
		expect(pids().filter(isAlive)).toHaveLength(1);
	});
	test('restarted is another process, also when it was dead', async () => {
		const {start, command} = open();
		await start(await program('acks-in-order'));
		command({type: 'kill-restart', part: 'server-1'}, 'you');
		await until(() => pids().length === 2 && statuses().at(-1) === 'READY');
		command({type: 'kill', part: 'server-1'}, 'you');
		await until(() => statuses().at(-1) === 'STOPPED');
		const echo = 'lbtop ctl restart server-1';
		expect(command({type: 'restart', part: 'server-1'}, 'you')).toEqual({ok: true, echo});
		await until(() => pids().length === 3 && statuses().at(-1) === 'READY');
		expect(new Set(pids()).size).toBe(3);
	});
});

test('a part whose port is taken says so, and started elsewhere it is one process only', async () => {
	const {start} = open();
	const taken = await program('acks-in-order', 'server-2');
	await start(taken);
	const server = (port: number): Program => ({
		id: 'server-1',
		name: 'Server 1',
		graceMs: usualGraceMs,
		run: {
			type: 'ours',
			file: path.resolve('dist/server.js'),
			args: () => ['--port', String(port), '--log', '/dev/null'],
		},
		ready: {type: 'says-started'},
	});
	const {port} = taken.run as {port: number};
	expect(await start(server(port))).toMatchObject({ok: false, code: 'EADDRINUSE'});
	const free = (await freePort('127.0.0.1', port + 1, new Set()))!;
	expect(await start(server(free))).toEqual({ok: true});
	const ofServer = events.flatMap(event => (event.type === 'spawned' && event.part === 'server-1' ? event.pid : []));
	expect(ofServer.filter(isAlive)).toEqual(ofServer.slice(-1));
	expect(statuses().at(-1)).toBe('READY');
});

test('a part that is not ours is refused by name', () => {
	expect(open().command({type: 'kill', part: 'server-9'}, 'you')).toMatchObject({
		ok: false,
		reason: expect.stringContaining("'server-9'"),
	});
});

test('the end takes the last started first, and servers last', async () => {
	const {start, end} = open();
	for (const id of ['server-1', 'server-2', 'balancer', 'clients']) await start(await program('acks-in-order', id));
	await end({now: false});
	expect(
		exits()
			.map(({part}) => part)
			.slice(0, 2),
	).toEqual(['clients', 'balancer']);
	expect(pids().some(isAlive)).toBe(false);
});
