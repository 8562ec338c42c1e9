/** A part that somebody ends while it is starting: that is what was asked for, and no reason to end the lab. */

import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import type {Event} from '../../src/domain/event.ts';
import {freePort} from '../../src/orchestrator/readiness.ts';
import {openSession, type Session} from '../../src/session/session.ts';
import {temporaryFolder} from '../support/lab.ts';
import {testPlan} from '../support/plan.ts';
import {until} from '../support/until.ts';

let folder: ReturnType<typeof temporaryFolder>;
let session: Session | undefined;
beforeEach(() => {
	folder = temporaryFolder();
});
afterEach(async () => {
	session?.quit({now: true});
	await session?.ended;
	session = undefined;
	folder.close();
});

const built = (name: string) => path.resolve(import.meta.dirname, `../../dist/${name}.js`);

/** A lab in which the programs of one kind never become ready. */
async function open(slow: 'server' | 'balancer' | 'clients') {
	const idle = path.join(folder.path, 'idle.mjs');
	writeFileSync(idle, 'setInterval(() => {}, 1000);');
	const files = {server: built('server'), balancer: built('balancer'), clients: built('clients'), [slow]: idle};
	const taken = new Set<number>();
	const port = async () => {
		const free = (await freePort('127.0.0.1', 21_000 + Math.floor(Math.random() * 9000), taken))!;
		taken.add(free);
		return free;
	};
	const plan = testPlan();
	plan.balancer.port = await port();
	for (const server of plan.servers) server.port = await port();
	plan.log = {...plan.log, file: path.join(folder.path, 'log.txt'), detail: 'off'};
	session = openSession({plan, files: {...files, audit: built('log-audit')}, fixedPorts: new Set(), showLog: false});
	return session;
}

test.each([
	['server', ['server-1', 'server-2']],
	['balancer', ['balancer']],
	['clients', ['clients']],
] as const)('a %s', async (slow, parts) => {
	const {store, onEvent, send, start, ended} = await open(slow);
	const events: Event[] = [];
	onEvent(event => {
		events.push(event);
		if (event.type === 'spawned' && (parts as readonly string[]).includes(event.part))
			expect(send({type: 'kill', part: event.part}, 'you').ok).toBe(true);
	});
	start();
	await until(() => store.get().phase === 'running', {what: () => JSON.stringify(events.slice(-5))});
	for (const part of parts) {
		const changes = events.flatMap(event =>
			event.type === 'process-changed' && event.part === part ? event.status : [],
		);
		expect([part, changes]).toEqual([part, ['STARTING', 'STOPPED']]);
	}
	session!.quit({now: true});
	expect(await ended).toEqual({type: 'ended'});
});
