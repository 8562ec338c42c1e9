import {afterEach, expect, test} from 'vitest';
import {socketPath} from '../../src/control/socket-path.ts';
import {parseLogLine} from '../../src/log/log-line.ts';
import {type Lab, runLbtop, startLab} from '../support/lab.ts';
import {isAlive} from '../support/processes.ts';
import {until} from '../support/until.ts';

let lab: Lab | undefined;
afterEach(async () => {
	await lab?.close();
	lab = undefined;
});

test('switches live under load: nothing fails; said, logged, in the summary; a restarted balancer goes on with it', async () => {
	lab = await startLab(['--rate', '200', '--ack-timeout', '10s']);
	const {status, folder, log, pidOf} = lab;
	const ctl = (...args: string[]) => runLbtop(['ctl', ...args, '--socket', socketPath(lab!.pid)], folder);
	for (const algorithm of ['p2c', 'maglev', 'least-connections']) {
		const {stdout, exitCode} = await ctl('algorithm', algorithm);
		expect([stdout, exitCode]).toEqual([`$ lbtop ctl algorithm ${algorithm}`, 0]);
		await until(async () => (await status()).balancer.algorithm === algorithm, {what: `by ${algorithm}`});
		const {acked} = await status();
		await until(async () => (await status()).acked > acked + 20, {what: `ACKs by ${algorithm}`});
	}
	const isForwarded = (line: string) => line.startsWith('Forwarded') && line.includes('algorithm=least-connections');
	const line = parseLogLine(await until(() => log().findLast(isForwarded), {what: 'a choice in the log'}))!;
	const why = await ctl('why', line.values!.id!);
	expect(why.stdout).toMatch(/^\d\d:\d\d:\d\d\.\d{3} Server \d by least-connections: server-1=\d+ server-2=\d+$/);
	expect((await ctl('why', 'nobody')).stderr).toMatch(/^lbtop: ctl why: the last 16 MB of log\.txt hold no choice/);
	expect(await status()).toMatchObject({failed: 0, nak: 0, retried: 0});

	const balancer = pidOf('balancer.js')!;
	process.kill(balancer, 'SIGKILL');
	await until(() => !isAlive(balancer), {what: 'the balancer is gone'});
	await until(async () => (await status()).balancer.process === 'READY', {what: 'the balancer is back', ms: 15_000});
	await until(() => pidOf('--algorithm least-connections'), {what: 'it was told the algorithm'});
	const {acked} = await status();
	await until(async () => (await status()).acked > acked + 20, {what: 'ACKs again', ms: 15_000});
	const {summary} = await lab.quit();
	expect(summary.balancer.algorithm).toBe('least-connections');
	expect(summary.sent).toBe(summary.acked + summary.failed);
	const texts = log().map(line => parseLogLine(line)?.text);
	expect(texts).toContain('Load Balancer chooses by p2c');
	expect(texts).toContain('lbtop ctl algorithm p2c');
}, 60_000);

test('a name that is none is a usage error that names them; without log lines nobody knows why', async () => {
	lab = await startLab(['--log-detail', 'clients']);
	const wrong = await runLbtop(['ctl', 'algorithm', 'fastest', '--socket', socketPath(lab.pid)], lab.folder);
	expect(wrong.exitCode).toBe(2);
	expect(wrong.stderr).toMatch(/^lbtop: ctl: algorithm 'fastest': it is one of round-robin, least-connections, /);
	expect(await lab.tell({type: 'why', id: 'c1-1'})).toEqual({
		ok: false,
		reason: "the balancer's choices are not in the log; start with --log-detail all",
	});
});
