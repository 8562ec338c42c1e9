/**
 * The runtime API: what HAProxy's `stats socket` answers, as far as the tools that use it need it (hatop, scripts with
 * socat, exporters). It reads the counts that the ticks are made of, and changes servers as keys and `ctl` do.
 */

import os from 'node:os';
import type {Now} from '../../domain/clock.ts';
import type {BalancerTick} from '../../domain/tick.ts';
import {openFileLimit} from '../../open-file-limit.ts';
import type {LoadBalancer} from '../load-balancer.ts';
import {mostClients} from '../own-limits.ts';
import {answerCommand} from './commands.ts';
import {type FigureSource, keepFigures} from './figures.ts';
import {openRuntimeSocket} from './runtime-socket.ts';

export type RuntimeApi = {
	/** Takes in the balancer's counts, with each tick. */
	look(tick: BalancerTick): void;
	/** Removes the socket; may be called twice. */
	close(): void;
};

type RuntimeApiParts = {
	balancer: Pick<LoadBalancer, 'tick' | 'administrator' | 'shutdownSessions'>;
	settings: FigureSource['settings'];
	version: string;
	now: Now;
	/** Told of each command that changed something. */
	note(command: string): void;
};

/** Opens it at a path. Rejects with a sentence (and a `code`) when the socket cannot be made. */
export async function openRuntimeApi(path: string, parts: RuntimeApiParts): Promise<RuntimeApi> {
	const {balancer, settings, now, note, version} = parts;
	const figures = keepFigures({tick: balancer.tick, list: balancer.administrator.list, settings, now});
	const crowd = {
		servers: figures.now().servers.length,
		filesPerClient: settings.mode === 'connection' ? 2 : 1,
	} as const;
	const facts = {
		version,
		pid: process.pid,
		node: os.hostname(),
		startedWallMs: Date.now(),
		maxFiles: openFileLimit() ?? null,
		maxConnections: mostClients(settings.limits.maxConnections, crowd),
	};
	const surroundings = {
		figures: figures.now,
		facts,
		administrator: balancer.administrator,
		shutdownSessions: balancer.shutdownSessions,
	};
	const socket = await openRuntimeSocket(path, words => answerCommand(words, surroundings, note));
	return {
		look: figures.look,
		close: socket.close,
	};
}
