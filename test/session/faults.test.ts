import path from 'node:path';
import {execa} from 'execa';
import {afterEach, describe, expect, test} from 'vitest';
import {type Lab, lbtop, plainEnvironment, startLab} from '../support/lab.ts';
import {until} from '../support/until.ts';

let lab: Lab | undefined;
afterEach(async () => {
	await lab?.close();
	lab = undefined;
});

const server1 = async () => (await lab!.status()).servers[0]!;
const statusIs = (process: string) =>
	until(async () => (await server1()).process === process, {what: () => `Server 1 ${process}`});
const logged = (text: string | RegExp) => lab!.log().filter(line => line.match(text) !== null);
const ctl = async (...words: string[]) => {
	const args = [lbtop, 'ctl', '--socket', '', ...words];
	args[3] = (await import('../../src/control/socket-path.ts')).socketPath(lab!.pid);
	return execa(process.execPath, args, {reject: false, env: plainEnvironment(), extendEnv: false});
};
const fault = async (text: string, forMs?: number) => {
	const request = {type: 'fault', part: 'server-1', fault: text, ...(forMs === undefined ? {} : {forMs})};
	return lab!.tell(request as never);
};

/** The law at the end, and that every client got its answer. */
const endWhole = async () => {
	const {summary} = await lab!.quit();
	expect(summary).toMatchObject({failed: 0, inFlight: 0});
	expect(summary.sent).toBe(summary.acked);
	return summary;
};

const patient = ['--rate', '100', '--retries', '50', '--ack-timeout', '400ms'];

describe('faults of behaviour, through the balancer', () => {
	test.each(['message', 'connection'])('in %s mode: each one hurts nobody for good, and the law holds', async mode => {
		lab = await startLab([...patient, '--mode', mode]);
		for (const text of [
			'slow 20ms',
			'wrong-answer nth=5',
			'garbage nth=5',
			'half-answer nth=5',
			'no-ack nth=10',
			'double-ack nth=2',
			'close nth=5',
			'reset nth=5',
			'fail-first 5',
		]) {
			expect((await fault(text)).ok, text).toBe(true);
			await until(() => logged(`fault ${text}`).length > 0, {what: text});
		}
		const {acked, retried} = await lab.status();
		await until(async () => (await lab!.status()).acked > acked + 100 && (await lab!.status()).retried > retried, {
			what: 'it goes on',
		});
		expect((await lab.tell({type: 'undo', part: 'server-1'})).ok).toBe(true);
		await until(() => logged(/fault [\w-]+ ended \(undone\)/).length === 9, {what: 'all are undone'});
		const summary = await endWhole();
		expect(summary.lost).toBe(0);
	});

	test('a message that was executed and not answered is in the log as executed, and goes on elsewhere', async () => {
		lab = await startLab(['--rate', '50', '--retries', '50', '--ack-timeout', '300ms']);
		await fault('no-ack');
		await until(() => logged(/^ACK Sent.* by=server-1 .*fault=no-ack/).length > 0, {
			what: 'an execution without an answer',
		});
		await lab.tell({type: 'undo'});
		const summary = await endWhole();
		expect(summary).toMatchObject({lost: 0, ledger: 'exact'});
	});
});

describe('faults of the process', () => {
	test('pause is undone by time, kill by hand, and both are told', async () => {
		lab = await startLab(patient);
		await fault('pause', 500);
		// Of a pause this short a busy machine may miss the state itself.
		await until(() => logged('fault pause ended').length > 0, {what: 'the pause is over'});
		await statusIs('READY');
		expect(logged('Server 1 PAUSED')).toHaveLength(1);
		await fault('kill');
		await statusIs('STOPPED');
		expect(await fault('slow 5ms')).toMatchObject({ok: false, reason: 'Server 1 is not running (STOPPED)'});
		await lab.tell({type: 'undo'});
		await statusIs('READY');
		await until(() => logged('fault kill ended').length > 0, {what: 'its end is in the log'});
		expect(logged(/fault .* ended/).map(line => line.replace(/^.* - | \|.*$/g, ''))).toEqual([
			'Server 1: fault pause ended (its time is over)',
			'Server 1: fault kill ended (undone)',
		]);
		await endWhole();
	});

	test('crash on the nth message: it comes back without the fault, and that is said', async () => {
		lab = await startLab(patient);
		await fault('slow 1ms');
		await fault('crash 5');
		await until(async () => (await server1()).restarts === 1, {what: 'a restart'});
		await statusIs('READY');
		await until(() => logged(/fault (crash|slow) ended/).length > 1, {what: 'both ends are in the log'});
		expect(logged('CRASHED with code 1: lbtop: crashed as asked: it had the fault crash')).toHaveLength(1);
		expect(logged(/fault (crash|slow) ended \(its process is gone\)/)).toHaveLength(2);
		expect((await ctl('faults')).stdout).toContain('no fault is in force');
		await endWhole();
	});

	test('a loop of restarts and one of failing starts go on until they are undone', async () => {
		lab = await startLab(patient);
		await fault('restart-loop 50ms');
		await until(async () => (await server1()).restarts >= 2, {what: 'two restarts'});
		await lab.tell({type: 'undo'});
		await statusIs('READY');
		const {restarts} = await server1();
		await fault('exit-at-start');
		await until(async () => (await server1()).restarts >= restarts + 2, {what: 'two failed starts'});
		await lab.tell({type: 'undo'});
		await statusIs('READY');
		await endWhole();
	});
});

test('ctl: a fault with a duration, the list, the undoing, and what cannot be', async () => {
	lab = await startLab(patient);
	const program = path.resolve(import.meta.dirname, '../programs/echoes-ids.mjs');
	await lab.tell({type: 'add-server', name: 'Mine', command: `node ${program} {port}`});
	await until(async () => (await lab!.status()).servers[2]?.process === 'READY', {what: 'a server of another kind'});
	const done = await ctl('fault', 'Server 1', 'slow', '30ms', 'share=0.5', '--for', '1h');
	expect(done.stdout).toBe('$ lbtop ctl fault server-1 slow 30ms share=0.5 --for 3600000ms');
	await until(async () => (await ctl('faults')).stdout.includes('server-1   slow 30ms share=0.5  (35'), {
		what: 'it is listed',
	});
	expect((await ctl('faults')).stdout).toContain('fail-first [5] [how=nak]');
	expect((await ctl('undo', 'server-1')).stdout).toBe('$ lbtop ctl undo server-1');
	await until(async () => (await ctl('faults')).stdout.startsWith('no fault is in force'), {what: 'it is undone'});
	const refused = async (...words: string[]) => (await ctl(...words)).stderr;
	expect(await refused('undo')).toContain('no fault is in force');
	expect(await refused('fault', 'server-1', 'slow', 'fast')).toContain("delay 'fast' is not a time");
	expect(await refused('fault', 'server-9', 'kill')).toContain("there is no part 'server-9'");
	expect(await refused('fault', 'Mine', 'slow')).toContain("none of lbtop's own servers");
	expect(await refused('fault', 'balancer', 'no-ack')).toContain("none of lbtop's own servers");
	// Two dozen programs, one after the other.
}, 180_000);

test('the end of a run ends its faults: a server that never reads does not hold it up', async () => {
	lab = await startLab(patient);
	await fault('never-read');
	await fault('pause');
	await statusIs('PAUSED');
	await endWhole();
});
