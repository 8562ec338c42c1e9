/** Who listens to a run hears each event with the state after it, and what comes of an event after that. */

import path from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {openSession} from '../../src/session/session.ts';
import {runLbtop, temporaryFolder} from '../support/lab.ts';
import {testPlan} from '../support/plan.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
	folder = temporaryFolder();
});
afterEach(() => folder.close());

test('the state is that after the event, whatever an earlier listener has brought about', async () => {
	const plan = testPlan();
	plan.log = {...plan.log, file: path.join(folder.path, 'log.txt')};
	const files = {server: '', balancer: '', clients: '', audit: ''};
	const session = openSession({plan, files, fixedPorts: new Set(), showLog: false});
	const heard: [string, string | undefined][] = [];
	session.onEvent(event => event.type === 'screen-said' && session.note(`after ${event.text}`));
	session.onEvent((event, {events}) => {
		if (event.type === 'screen-said' || event.type === 'noted') heard.push([event.text, events.at(-1)?.text]);
	});
	session.screenSaid('saved');
	session.quit({now: true});
	await session.ended;
	expect(heard).toContainEqual(['saved', 'saved']);
	expect(heard).toContainEqual(['after saved', 'after saved']);
});

test('a second is told before what the checks make of it', async () => {
	const args = ['run', '--port', '0', '--rate', '50', '--for', '3s', '--check', 'acked<1'];
	const {stderr, exitCode} = await runLbtop(args, folder.path);
	const [, before = '', acked] = /^([\s\S]*)check broken: acked<1 \(is (\d+)\)/.exec(stderr) ?? [];
	expect(before).toContain(` acked ${acked} failed`);
	expect(exitCode).toBe(3);
}, 60_000);
