import {describe, expect, test} from 'vitest';
import type {IncidentSummary} from '../../src/report/incident-summary.ts';
import {startLab} from '../support/lab.ts';
import {until} from '../support/until.ts';

/** So slow that a server always has messages to lose, also if its clients are held up when it dies. */
const slow = ['--service-time', '1s', '--ack-timeout', '20s'];
const load = ['--port', '0', '--rate', '200', '--clients', '40', ...slow, '--check', 'incidents.last.failed==0'];

/** Breaks a server and mends it; gives the incident when it is over. */
async function incidentOf(breaking: 'kill' | 'pause', mending: 'start' | 'resume') {
	const lab = await startLab(load);
	try {
		await until(async () => (await lab.status()).latencyMs.count > 40, {what: () => 'latencies are known'});
		await lab.tell({type: breaking, part: 'server-1'});
		const last = async () => (await lab.status()).incidents.at(-1);
		await until(async () => (await last())?.routedAwayMs != null, {what: () => 'the server is out'});
		await until(async () => (await last())!.firstRetryAckedMs !== null, {what: () => 'a retried message is ACKed'});
		await lab.tell({type: mending, part: 'server-1'});
		await until(async () => (await last())!.backUpMs !== null, {what: () => 'the server is back in'});
		const {summary, exitCode} = await lab.quit();
		return {incident: summary.incidents[0]!, summary, exitCode, log: lab.log()};
	} finally {
		await lab.close();
	}
}

function expectInOrder({firstRetryAckedMs, routedAwayMs, backUpMs}: IncidentSummary) {
	expect(routedAwayMs).toBeGreaterThanOrEqual(0);
	expect(firstRetryAckedMs).toBeGreaterThan(0);
	expect(backUpMs).toBeGreaterThan(routedAwayMs!);
}

describe('the incident of a real server', () => {
	test('killed: out without waiting for a check, nothing failed or lost', async () => {
		const {incident, summary, exitCode, log} = await incidentOf('kill', 'start');
		expect(incident).toMatchObject({kind: 'kill', server: 'Server 1', boundMs: 0, failed: 0, lost: 0, lostTimeMs: 0});
		expectInOrder(incident);
		expect(incident.hit).toBeGreaterThan(0);
		expect(incident.retried).toBeGreaterThan(0);
		expect(summary.incidents).toHaveLength(1);
		expect(summary.incidentSpreads.routedAwayMs).toMatchObject({count: 1, median: incident.routedAwayMs});
		expect(exitCode).toBe(0);
		const lines = log.filter(line => line.startsWith('Incident: '));
		expect(lines).toHaveLength(2);
		expect(lines[0]).toMatch(/ - kill of Server 1 began \| at=\S+ by=lbtop incident=1 kind=kill server="Server 1" t0=/);
		expect(lines[1]).toMatch(new RegExp(` is over .* routed-away-ms=${incident.routedAwayMs} .* failed=0 lost=`));
	});

	test('frozen: out by its checks, beside their bound', async () => {
		const {incident} = await incidentOf('pause', 'resume');
		expect(incident).toMatchObject({kind: 'pause', boundMs: 2600, failed: 0, lost: 0});
		expectInOrder(incident);
		// Far more than a reset takes: this one only silence tells of.
		expect(incident.routedAwayMs).toBeGreaterThan(500);
	});
});
