import {renameSync, truncateSync} from 'node:fs';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {type LiveAudit, startLiveAudit} from '../../src/ledger/live-audit.ts';
import {type LogManager, openLogManager} from '../../src/log/log-manager.ts';
import {now} from '../../src/part.ts';
import {temporaryFolder} from '../support/lab.ts';
import {until} from '../support/until.ts';

let folder: ReturnType<typeof temporaryFolder>;
let file: string;
let audit: LiveAudit | undefined;
const managers: LogManager[] = [];
beforeEach(() => {
	folder = temporaryFolder();
	file = path.join(folder.path, 'log.txt');
});
afterEach(async () => {
	await audit?.finish();
	audit = undefined;
	for (const manager of managers.splice(0)) manager.close();
	folder.close();
});

const open = (by: string, maxSizeBytes = 1e9, keep = 1000) => {
	const manager = openLogManager({file, detail: 'all', maxSizeBytes, keep, by});
	managers.push(manager);
	return manager;
};
const begin = (log: LogManager, pid = 7) => {
	log.write('Lab', 'lbtop started', {pid});
	log.flush();
};
const follow = (from = 0) => {
	audit = startLiveAudit({file, pid: 7, from, now});
	return audit;
};
/** Three writers, as a client, a server and the client again: each flushes when the others must see it. */
const sendOne = (client: LogManager, server: LogManager, sequence: number) => {
	const id = `c1-${sequence}`;
	client.write('Message Sent', 'HAI', {by: 'client-1', id, try: 1});
	client.flush();
	server.write('ACK Sent', 'ACK from Server 1', {id});
	server.flush();
	client.write('Message Received', 'ACK from Server 1', {by: 'client-1', id, ms: 1, try: 1});
	client.flush();
};
const acked = (count: number) =>
	until(() => audit!.tick().acked === count, {what: () => `${count} ACKs; ${JSON.stringify(audit!.tick())}`});

test('begins at its own run, in a log of earlier ones; the end is whole and exact', async () => {
	const lab = open('lbtop');
	const [client, server] = [open('clients'), open('server-1')];
	begin(lab, 6);
	sendOne(client, server, 1);
	const {bytes} = lab.tick();
	expect(bytes).toBeGreaterThan(0);
	const from = [lab, client, server].reduce((sum, each) => sum + each.tick().bytes, 0);
	begin(lab);
	follow(from);
	for (let n = 1; n <= 50; n++) sendOne(client, server, n);
	await acked(50);
	expect(audit!.tick()).toMatchObject({sent: 50, executed: 50, lost: 0, doubles: 0, unknown: [], isWhole: false});
	expect(audit!.tick().lagMs).toBeLessThan(5000);
	server.write('ACK Sent', 'ACK from Server 1', {id: 'c1-50'});
	server.flush();
	await audit!.finish();
	expect(audit!.tick()).toMatchObject({doubles: 1, unknown: [], isWhole: true, lagMs: 0});
});

describe('rotation', () => {
	test('many in a row, by writers that notice late: no line is missed, and nothing seems lost in between', async () => {
		const lab = open('lbtop', 1500);
		const [client, server] = [open('clients', 1500), open('server-1', 1500)];
		begin(lab);
		follow();
		for (let n = 1; n <= 400; n++) {
			sendOne(client, server, n);
			if (n % 20 > 0) continue;
			await new Promise(resolve => setTimeout(resolve, 5));
			expect(audit!.tick()).toMatchObject({lost: 0, doubles: 0});
		}
		await acked(400);
		await audit!.finish();
		expect(audit!.tick()).toMatchObject({sent: 400, executed: 400, lost: 0, doubles: 0, unknown: []});
	});
	test('one that takes lines away leaves the ledger unknown', async () => {
		const lab = open('lbtop');
		const [client, server] = [open('clients', 1e9, 0), open('server-1', 1e9, 0)];
		begin(lab);
		follow();
		sendOne(client, server, 1);
		await acked(1);
		truncateSync(file, 0);
		sendOne(client, server, 2);
		await until(() => audit!.tick().unknown.length > 0, {what: () => 'a reason'});
	});
	test('a file that is renamed by hand is read to its end', async () => {
		const lab = open('lbtop');
		const [client, server] = [open('clients'), open('server-1')];
		begin(lab);
		follow();
		sendOne(client, server, 1);
		renameSync(file, path.join(folder.path, 'kept.txt'));
		sendOne(client, server, 2);
		await new Promise(resolve => setTimeout(resolve, 900)); // writers look for the name every 400 ms
		sendOne(client, server, 3);
		await acked(3);
		await audit!.finish();
		expect(audit!.tick()).toMatchObject({sent: 3, lost: 0, unknown: []});
	});
});

test('without its beginning it knows nothing, and says so', async () => {
	begin(open('lbtop'), 99);
	follow();
	await audit!.finish();
	expect(audit!.tick().unknown[0]).toMatch(/beginning/);
});
