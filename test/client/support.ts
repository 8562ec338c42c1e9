import {afterEach} from 'vitest';
import {type ClientManager, type ClientManagerSettings, createClientManager} from '../../src/client/client-manager.ts';
import {type ClientEvents, deaf} from '../../src/client/delivery.ts';
import type {Now} from '../../src/domain/clock.ts';
import type {LogDetail} from '../../src/domain/plan.ts';
import {now} from '../../src/part.ts';
import {createKeptLog} from './kept-log.ts';
import {type Behaviour, type ScriptedServer, startScriptedServer} from './scripted-server.ts';

const open: {close(): Promise<void>}[] = [];
afterEach(async () => {
	for (const one of open.splice(0).reverse()) await one.close();
});

export async function serve(behaviour: Behaviour, where: {port?: number} = {}): Promise<ScriptedServer> {
	const server = await startScriptedServer(behaviour, where);
	open.push(server);
	return server;
}

/** A clock that stands, so that nothing is overdue by accident, and leaps when it is told to. */
export function createStandingClock() {
	let at = 1000;
	const leap = (ms: number) => {
		at += ms;
	};
	return {
		now: () => at,
		leap,
		/** Leaps over every wait between two attempts. */
		overBackoffs: {...deaf, retrying: (_, __, waitMs) => leap(waitMs)} satisfies ClientEvents,
	};
}

export type Setup = Partial<ClientManagerSettings> & {
	port: number;
	now?: Now;
	detail?: LogDetail;
	listener?: ClientEvents;
	onFlush?(lines: string[]): void;
	note?(text: string): void;
};

/** A client manager on a test's server, and the log it keeps: one client as fast as it can, unless told otherwise. */
export function startClients({port, now: clock = now, detail, listener, onFlush, note, ...settings}: Setup) {
	const kept = createKeptLog({...(detail ? {detail} : {}), ...(onFlush ? {onFlush} : {})});
	const manager: ClientManager = createClientManager(
		{
			...{to: {host: '127.0.0.1', port}, count: 1, rate: 'max', arrivals: 'constant', connect: 'per-message'},
			...{depth: 1, messages: ['HAI IDO'], ackTimeoutMs: 20_000, retries: 4, firstClient: 1, seed: 1, warmupMs: 0},
			...settings,
		},
		{log: kept.log, now: clock, ...(listener ? {listener} : {}), ...(note ? {note} : {})},
	);
	open.push({close: manager.stop});
	return {...kept, manager, withoutTimes: () => kept.lines.map(line => line.replace(/ ms=\d+\.\d\d\b/, ' ms=T'))};
}
