import {connect} from 'node:net';
import {afterEach, expect, test} from 'vitest';
import {parseLogLine} from '../../src/log/log-line.ts';
import {type Lab, startLab} from '../support/lab.ts';
import {isAlive} from '../support/processes.ts';
import {until} from '../support/until.ts';

let lab: Lab;
afterEach(() => lab.close());

const accepts = (port: number) =>
	new Promise<boolean>(resolve => {
		const socket = connect(port, '127.0.0.1', () => {
			socket.destroy();
			resolve(true);
		});
		socket.on('error', () => resolve(false));
	});

/** IDs of the lines with this label, each once. */
const idsOf = (label: string) =>
	new Set(lab.log().flatMap(line => (line.startsWith(label) ? (parseLogLine(line)?.values?.id ?? []) : [])));

test.each(['per-message', 'persistent'])(
	'a balancer that is killed again and again (%s): it listens again at once, and every message is ACKed',
	async how => {
		lab = await startLab(['--rate', '300', '--connect', how, '--retries', '20', '--service-time', '10ms']);
		const {address} = (await lab.status()).balancer;
		const port = Number(address.split(':').at(-1));
		const outages: number[] = [];
		for (let life = 1; life <= 3; life++) {
			const {acked} = await lab.status();
			await until(async () => (await lab.status()).acked > acked + 100, {what: 'ACKs before the next crash'});
			const pid = lab.pidOf('balancer.js')!;
			process.kill(pid, 'SIGKILL');
			await until(() => !isAlive(pid));
			const start = performance.now();
			await until(() => accepts(port), {what: 'it listens again'});
			outages.push(performance.now() - start);
			await until(async () => (await lab.status()).balancer.restarts === life);
		}
		const {acked} = await lab.status();
		await until(async () => (await lab.status()).acked > acked + 100);
		const {summary} = await lab.quit();
		expect(summary).toMatchObject({failed: 0, inFlight: 0});
		expect(summary.acked).toBe(summary.sent);
		expect(summary.retried).toBeGreaterThan(0);
		expect(summary.balancer.restarts).toBe(3);
		expect(idsOf('Message Received:')).toEqual(idsOf('Message Sent:'));
		// Within a second where the machine has little else to do; a busy one starts programs more slowly.
		expect(Math.min(...outages)).toBeLessThan(3000);
	},
	60_000,
);
