import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {describe, expect, it, type TestContext} from 'vitest';
import {ask} from '../../src/control/control-client.ts';
import {socketPath} from '../../src/control/socket-path.ts';
import {exchange} from '../load-balancer/support/clients.ts';
import {freePort, startServer} from '../load-balancer/support/servers.ts';
import {openFullPipe} from '../support/full-pipe.ts';
import {lbtop, plainEnvironment, temporaryFolder} from '../support/lab.ts';
import {launch} from '../support/term.ts';
import {until} from '../support/until.ts';

/** A folder with a pipe that is full, programs whose stdout it is, and what they say from now on. */
async function openUnread({onTestFinished}: TestContext) {
	const folder = temporaryFolder();
	const pipe = await openFullPipe(folder.path);
	onTestFinished(() => {
		pipe.close();
		folder.close();
	});
	const start = (args: string[]) =>
		spawn(process.execPath, [lbtop, ...args], {
			...{cwd: folder.path, env: plainEnvironment()},
			stdio: ['ignore', pipe.writer, 'ignore'],
		});
	/** All that the child says from now on to its end. */
	const readToEnd = async (child: ReturnType<typeof start>) => {
		let text = '';
		await until(() => {
			text += pipe.read();
			return child.exitCode !== null || child.signalCode !== null;
		});
		return text + pipe.read();
	};
	return {folder: folder.path, fill: pipe.fill, start, readToEnd};
}

/** How the lab of that process stands, by its control socket. */
const statusOf = async (pid: number | undefined) => {
	const answer = await ask(socketPath(pid!), {type: 'status'}).catch(() => undefined);
	return answer?.ok ? answer.status : undefined;
};
// Elsewhere than on Linux such a pipe is waited for.
describe.skipIf(process.platform !== 'linux')('what is not read holds nothing up', () => {
	it.concurrent('a lab of plain lines supervises, answers and ends; its lines are there when they are read', async context => {
		const {start, readToEnd} = await openUnread(context);
		const child = start(['--plain', '--servers', '1', '--port', String(await freePort())]);
		const status = () => statusOf(child.pid);
		await until(async () => (await status())?.phase === 'running');
		await ask(socketPath(child.pid!), {type: 'kill-restart', part: 'server-1'});
		await until(
			async () => ((await status())?.servers[0]?.acked ?? 0) > 0 && (await status())?.servers[0]?.restarts === 1,
		);
		child.kill('SIGTERM');
		await until(async () => (await status())?.phase === 'ended');
		const text = await readToEnd(child);
		expect(child.exitCode).toBe(143);
		expect(text).toMatch(/^lbtop: runs until Ctrl-C.*\nlbtop: control socket /);
		expect(text).toContain('all parts are ready');
		expect(text).toContain('ctl kill-restart server-1');
		expect(text).toMatch(/ACKs\/s {2}verdict PASS\n.* in flight 0\n/);
	});

	it.concurrent('a summary that there is no room for is waited for, whole, but for no longer than a signal allows', async context => {
		const {fill, start, readToEnd} = await openUnread(context);
		const args = ['run', '--json', '--for', '200ms', '--port', String(await freePort())];
		const isOver = async (child: ReturnType<typeof start>) =>
			until(async () => (await statusOf(child.pid))?.phase === 'ended');
		const read = start(args);
		await isOver(read);
		expect(JSON.parse(await readToEnd(read))).toMatchObject({verdict: 'PASS', inFlight: 0});
		expect(read.exitCode).toBe(0);
		fill();
		const unread = start(args);
		await isOver(unread);
		unread.kill('SIGTERM');
		expect(await once(unread, 'exit')).toEqual([null, 'SIGTERM']);
	});

	it.concurrent('a lab that was asked to go goes, though nobody reads its last words', async context => {
		const {start} = await openUnread(context);
		const child = start(['--plain', '--servers', '1', '--port', String(await freePort())]);
		await until(async () => (await statusOf(child.pid))?.phase === 'running');
		child.kill('SIGTERM');
		expect(await once(child, 'exit')).toEqual([143, null]);
	});

	it.concurrent('a balancer whose lines nobody reads carries messages on', async context => {
		const {start, readToEnd} = await openUnread(context);
		const servers = [await startServer('Server 1'), await startServer('Server 2')];
		const port = await freePort();
		const child = start([
			...['balancer', '--port', `${port}`],
			...servers.flatMap(server => ['--server', `127.0.0.1:${server.port}`]),
		]);
		await until(async () => (await exchange(port, '#a HAI\n').catch(() => '')) !== '');
		await servers[0]!.kill();
		await until(async () => {
			const answers = await Promise.all([1, 2, 3, 4].map(n => exchange(port, `#b${n} HAI\n`)));
			return answers.every(answer => answer.endsWith('ACK from Server 2\n'));
		});
		child.kill('SIGTERM');
		expect(await readToEnd(child)).toMatch(
			/Load Balancer listening on(.|\n)*Server 1 is DOWN(.|\n)*Load Balancer stopped after/,
		);
		await servers[1]!.kill();
	});

	it.concurrent('Ctrl-S stops the lines of a lab, not the lab', async context => {
		const {folder} = await openUnread(context);
		const args = [lbtop, '--plain', '--servers', '1', '--port', String(await freePort())];
		const term = launch(process.execPath, args, {cwd: folder, columns: 120});
		try {
			await term.until(/all parts are ready/);
			term.press('\x13');
			// A second is a line: once the status is older than the screen by some, nothing comes through.
			const seconds = () => term.raw().split(' ACKs/s').length;
			// The terminal takes the key when it comes to it: it has, when the lab has gone on for two seconds without a line.
			const isStopped = async () => {
				const before = seconds();
				const {acked: then} = (await statusOf(term.pid))!;
				await until(async () => (await statusOf(term.pid))!.acked > then + 40);
				return seconds() === before;
			};
			await until(isStopped, {what: 'no line comes through any more'});
			const {acked} = (await statusOf(term.pid))!;
			await ask(socketPath(term.pid), {type: 'kill-restart', part: 'server-1'});
			await until(async () => {
				const {acked: now, servers} = (await statusOf(term.pid))!;
				return now > acked + 60 && servers[0]!.restarts === 1;
			});
			expect(term.raw()).not.toContain('ctl kill-restart');
			const shown = seconds();
			term.press('\x11');
			await until(() => term.raw().includes('ctl kill-restart') && seconds() > shown + 2);
			term.press('\x03');
			expect(await term.exited).toMatchObject({exitCode: 130});
		} finally {
			term.close();
		}
	});
});
