import {expect, test} from 'vitest';
import {verdictOf} from '../../src/ledger/judge.ts';
import {type Execution, runUnderKills} from './support/under-kills.ts';

test('200 servers killed at random: the ledger says what each of them really did', async () => {
	const {killed, text, log, audit, judgement, records} = await runUnderKills({
		kills: 200,
		acked: 1500,
		servers: 4,
		seed: 4,
		serverOptions: ['--service-time', 'exp:20ms'],
		clientOptions: ['--clients', '40', '--rate', '400', '--ack-timeout', '60ms', '--retries', '1000'],
	});
	expect(killed).toBeGreaterThanOrEqual(200);
	// A process that dies within its write may leave the beginning of a line, before another's: then the log is not exact, and says so.
	const lines = text.split('\n');
	for (const {line} of log.broken.first) expect(lines[line - 1]).toMatch(/^ACK Sent: .*[A-Z]\w+( \w+)?: \d{4}-/);
	expect(log.broken.count).toBeLessThan(3);
	expect(log.foreign.count).toBe(0);
	expect(judgement).toMatchObject({lost: 0, open: 0});
	expect(judgement.reasons).toHaveLength(log.broken.count > 0 ? 1 : 0);
	expect(judgement.acked).toBeGreaterThan(1000);

	const executions = records.flatMap(({name, executions}) => executions.map(each => ({...each, name})));
	const recorded = countBy(executions, ({name, id}) => `${id} by ${name}`);
	const logged = countBy(
		[...text.matchAll(/^ACK Sent: .* - ACK from (Server \d) \| .* id=(\S+)$/gm)],
		([, name, id]) => `${id} by ${name}`,
	);
	for (const [key, times] of logged) expect(times, key).toBeLessThanOrEqual(recorded.get(key) ?? 0);

	// The record comes before the log, and both before the ACK: a kill between the two leaves what a life did last of all.
	const isShort = (key: string) => (logged.get(key) ?? 0) < recorded.get(key)!;
	const unlogged = new Set<string>();
	for (const {name, executions} of records)
		for (const life of livesOf(executions)) {
			const keys = life.map(({id}) => `${id} by ${name}`);
			const last = keys.slice(keys.findLastIndex(key => !isShort(key)) + 1);
			for (const key of last) unlogged.add(key);
		}
	expect([...recorded.keys()].filter(key => isShort(key) && !unlogged.has(key))).toEqual([]);
	const answered = new Set(
		[...text.matchAll(/^Message Received: .* - ACK from (Server \d) \| .* id=(\S+) /gm)].map(
			([, name, id]) => `${id} by ${name}`,
		),
	);
	expect(answered.size).toBeGreaterThan(1000);
	expect([...unlogged].filter(key => !logged.has(key) && answered.has(key))).toEqual([]);

	const ids = [...new Set(executions.map(({id}) => id))];
	let doubles = 0;
	let compared = 0;
	for (const id of ids) {
		const keys = records.map(({name}) => `${id} by ${name}`).filter(key => recorded.has(key));
		if (keys.some(isShort)) continue;
		compared++;
		const [client, sequence] = id.slice(1).split('-').map(Number) as [number, number];
		const executors = audit.account.executorsOf(client, sequence).map(server => `${id} by ${audit.servers[server]}`);
		expect(executors.toSorted()).toEqual(keys.toSorted());
		const times = keys.reduce((sum, key) => sum + recorded.get(key)!, 0);
		const once = ['GAVE UP', undefined]; // those whose clients were ended first
		expect(times > 1 ? ['DOUBLE'] : once, id).toContain(verdictOf(audit, judgement, client, sequence));
		if (times > 1) doubles++;
	}
	expect(compared).toBeGreaterThan(1000);
	expect(doubles).toBeGreaterThan(0);
	expect(judgement.doubles - doubles).toBeLessThanOrEqual(ids.length - compared);
}, 600_000);

function countBy<T>(items: T[], key: (item: T) => string): Map<string, number> {
	const counts = new Map<string, number>();
	for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
	return counts;
}

/** One server process after the other. */
function livesOf(executions: Execution[]): Execution[][] {
	const lives = new Map<string, Execution[]>();
	for (const execution of executions) lives.set(execution.pid, [...(lives.get(execution.pid) ?? []), execution]);
	return [...lives.values()];
}
