import {once} from 'node:events';
import {existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync} from 'node:fs';
import {connect, createServer} from 'node:net';
import path from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {socketPath} from '../../src/control/socket-path.ts';
import {freePort} from '../../src/orchestrator/readiness.ts';
import type {Summary} from '../../src/report/summary.ts';
import {type Lab, runLbtop, startLab, temporaryFolder} from '../support/lab.ts';
import {isAlive} from '../support/processes.ts';
import {until} from '../support/until.ts';

const labs: Lab[] = [];
const folders: {close(): void}[] = [];
afterEach(async () => {
	for (const lab of labs.splice(0)) await lab.close();
	for (const folder of folders.splice(0)) folder.close();
});
const start = async (args: string[] = [], options = {}) => {
	const lab = await startLab(args, options);
	labs.push(lab);
	return lab;
};
const holdsLaw = ({sent, acked, failed, inFlight}: Summary) => expect(sent).toBe(acked + failed + inFlight);

/** Waits until the lab is whole again, and ACKs come as before, the law holding at every look. */
async function recovered(lab: Lab, what: string) {
	const isWhole = async () => {
		const now = await lab.status();
		holdsLaw(now);
		return (
			now.servers.every(({process, route}) => process === 'READY' && route === 'UP') &&
			now.balancer.process === 'READY' &&
			now
		);
	};
	const whole = await until(isWhole, {what: `whole after ${what}`, ms: 15_000});
	await until(async () => (await lab.status()).acked > whole.acked + 20, {what: `ACKs after ${what}`, ms: 15_000});
}

describe('signals from outside', () => {
	test.each(['SIGKILL', 'SIGTERM'] as const)(
		'%s of every part is survived',
		async signal => {
			const lab = await start(['--rate', '200']);
			for (const part of ['server.js --name Server 1', 'server.js --name Server 2', 'balancer.js', 'clients.js']) {
				const pid = (await until(() => lab.pidOf(part)))!;
				process.kill(pid, signal);
				// Until lbtop knows of the death itself, all seems to be whole.
				await until(() => ![pid, undefined].includes(lab.pidOf(part)), {what: `${part} is another process`});
				await recovered(lab, `${signal} of ${part}`);
			}
			const {summary} = await lab.quit();
			for (const {restarts} of summary.servers) expect(restarts).toBeGreaterThanOrEqual(1);
			holdsLaw(summary);
			expect(summary.inFlight).toBe(0);
		},
		60_000,
	);
	test('SIGSTOP of a server: it is taken out, its messages are answered elsewhere, it comes back', async () => {
		const lab = await start(['--rate', '200']);
		const pid = lab.pidOf('server.js --name Server 1')!;
		process.kill(pid, 'SIGSTOP');
		await until(async () => (await lab.status()).servers[0]!.route === 'DOWN', {what: 'DOWN'});
		process.kill(pid, 'SIGCONT');
		await recovered(lab, 'SIGCONT');
		expect((await lab.quit()).summary.failed).toBe(0);
	}, 40_000);
	test.each(['balancer.js', 'clients.js'])(
		'SIGSTOP of %s for a while is survived',
		async part => {
			const lab = await start(['--rate', '200']);
			const before = await lab.status();
			const pid = lab.pidOf(part)!;
			process.kill(pid, 'SIGSTOP');
			await until(async () => (await lab.status()).durationMs > before.durationMs + 500);
			process.kill(pid, 'SIGCONT');
			await recovered(lab, 'SIGCONT');
			expect((await lab.quit()).summary.inFlight).toBe(0);
		},
		40_000,
	);
});

test('kill -9 and restart of one of two servers at 500 messages a second for 20 s: every message is ACKed', async () => {
	const lab = await start(['--rate', '500']);
	const tell = (type: 'kill' | 'start') => lab.tell({type, part: 'server-1'});
	for (let round = 0; round < 3; round++) {
		expect((await tell('kill')).ok).toBe(true);
		await until(async () => (await lab.status()).servers[0]!.process === 'STOPPED');
		holdsLaw(await lab.status());
		const {acked} = await lab.status();
		await until(async () => (await lab.status()).acked > acked + 500, {what: 'ACKs from the other server'});
		expect((await tell('start')).ok).toBe(true);
		await until(async () => (await lab.status()).servers[0]!.route === 'UP');
	}
	await until(async () => (await lab.status()).durationMs > 20_000, {ms: 30_000});
	const {summary, exitCode} = await lab.quit();
	expect(exitCode).toBe(0);
	expect(summary).toMatchObject({failed: 0, inFlight: 0});
	expect(summary.acked).toBe(summary.sent);
	expect(summary.sent + summary.dropped).toBeGreaterThan(9000);
	expect(summary.sent).toBeGreaterThan(1500);
}, 90_000);

describe('the end of lbtop itself', () => {
	test('kill -9 leaves no process after a second, not even a paused or a stubborn one', async () => {
		const stubborn = path.resolve('test/programs/ignores-sigterm.mjs');
		const lab = await start([
			'--server',
			`name=Stubborn,command=${process.execPath} ${stubborn} {port}`,
			'--server',
			`name=Paused,command=: && ${process.execPath} ${stubborn} {port}`,
		]);
		await lab.tell({type: 'pause', part: 'server-2'});
		const children = lab.children();
		// The balancer, the clients, the ledger, the reaper, the two programs and the shell of the one that needs it.
		expect(children.length).toBe(7);
		lab.signal('SIGKILL');
		await until(() => !children.some(({pid}) => isAlive(pid)), {
			looks: 200,
			what: () => `gone: ${children.filter(({pid}) => isAlive(pid)).map(({line}) => line)}`,
		});
	});
	test.each([
		['SIGINT', 130],
		['SIGTERM', 143],
		['SIGHUP', 129],
	] as const)('%s ends gently with exit %d and a summary', async (signal, code) => {
		const lab = await start(['--rate', '100']);
		const children = lab.children();
		lab.signal(signal);
		const {exitCode, stdout} = await lab.ended;
		expect(exitCode).toBe(code);
		expect(JSON.parse(stdout)).toMatchObject({inFlight: 0, failed: 0});
		await until(() => !children.some(({pid}) => isAlive(pid)), {looks: 20, what: 'no process is left'});
	});
	test('a second signal ends at once what the first waits for', async () => {
		const lab = await start(['--service-time', '20s', '--ack-timeout', '30s']);
		await until(async () => (await lab.status()).inFlight > 0);
		lab.signal('SIGINT');
		await until(() =>
			lab.status().then(
				({phase}) => phase === 'stopping',
				() => true,
			),
		);
		lab.signal('SIGINT');
		const {exitCode} = await lab.ended;
		expect(exitCode).toBe(130);
	});
});

describe('servers that misbehave', () => {
	const command = (name: string) =>
		`name=${name},command=exec ${process.execPath} ${path.resolve(`test/programs/${name}.mjs`)} {port}`;
	test("the user's own servers are balanced plainly; one that never comes up does not hold the others", async () => {
		const lab = await start([
			'--rate',
			'100',
			'--server',
			command('acks-in-order'),
			'--server',
			command('exits-at-once'),
		]);
		await until(async () => (await lab.status()).servers[0]!.acked! > 50, {what: 'ACKs of a plain server'});
		const {servers} = await lab.status();
		expect(servers[0]).toMatchObject({route: 'UP', process: 'READY'});
		expect(servers[1]!.route).toBe('DOWN');
		expect(['BACKOFF', 'STARTING', 'CRASHED']).toContain(servers[1]!.process);
		await until(() => lab.errors().includes('no configuration found'));
		expect((await lab.quit()).summary.failed).toBe(0);
	});
	test('one whose program is not there is not added while the lab runs, which is told, and not tried for ever', async () => {
		const lab = await start(['--rate', '20']);
		await lab.tell({type: 'add-server', name: 'Gone', command: 'no-such-program {port}'});
		const gone = async () => (await lab.status()).servers[2];
		await until(async () => (await gone())?.process === 'STOPPED', {what: () => lab.errors()});
		expect(lab.errors()).toMatch(/Gone not added: .*no-such-program: not found/);
		expect(await gone()).toMatchObject({route: null, restarts: 0});
		expect((await lab.status()).incidents.map(({kind}) => kind)).toEqual(['exit']);
	});
});

const tellsWhoIsWhere = existsSync('/proc/self/cwd');
if (!tellsWhoIsWhere)
	console.log('Which lab is of this folder is not tested: this system does not tell where a process works');

test.skipIf(!tellsWhoIsWhere)('ctl means a lab of its folder before a newer one elsewhere', async () => {
	const here = await start();
	const elsewhere = await start();
	const {stderr, stdout} = await runLbtop(['ctl', 'rate', '7'], here.folder);
	expect(stdout).toBe('$ lbtop ctl rate 7');
	expect(stderr).toContain(`several labs are running; this is for the newest of this folder, pid ${here.pid};`);
	expect(stderr).toContain(socketPath(elsewhere.pid));
	const isAsked = (lab: Lab) => lab.log().some(line => line.includes('ctl rate 7'));
	await until(() => isAsked(here), {what: 'the lab of the folder is told'});
	expect(isAsked(elsewhere)).toBe(false);
});

describe('places that are taken', () => {
	test('a port that was named is exit 4; defaults move away and say so; two labs share a folder', async () => {
		const first = await start();
		const taken = Number((await first.status()).balancer.address.split(':')[1]);
		const refused = await runLbtop(['run', '--port', String(taken), '--for', '1s'], first.folder);
		expect(refused.exitCode).toBe(4);
		expect(refused.stderr).toMatch(new RegExp(`port ${taken} on 127.0.0.1 is taken`));
		const second = await start([], {cwd: first.folder});
		const ports = async (lab: Lab) => {
			const {balancer, servers} = await lab.status();
			return [balancer, ...servers].map(({address}) => address);
		};
		const all = [...(await ports(first)), ...(await ports(second))];
		expect(new Set(all).size).toBe(6);
		// One of the two has the default port at the most: another lab of these tests may have had it, and given it back.
		const moved = (await ports(second))[0] === '127.0.0.1:9000' ? first : second;
		expect(moved.errors()).toMatch(/port 9000 is taken; the load balancer uses \d+/);
		const unnamed = await runLbtop(['ctl', 'status'], first.folder);
		expect(unnamed.stderr).toMatch(/several labs are running; this is for the newest.*; others: --socket \S+\.sock/);
		const strange = await runLbtop(['ctl', '--socket', socketPath(first.pid), 'kill', 'server-9'], first.folder);
		expect([strange.exitCode, strange.stderr]).toEqual([
			2,
			expect.stringMatching(/^lbtop: ctl kill: there is no part 'server-9'; there are server-1, .*$/),
		]);
		await until(async () => (await first.status()).acked > 10 && (await second.status()).acked > 10);
		expect((await second.quit()).summary.failed).toBe(0);
		expect((await first.quit()).summary.failed).toBe(0);
	});
});

test.each([
	['named', ['--port', '9000']],
	['chosen', []],
])('an address that is no port of this machine is told as that, %s or not', async (_, port) => {
	// TEST-NET-1 (RFC 5737): nobody has it.
	const folder = temporaryFolder();
	folders.push(folder);
	const refused = await runLbtop(['run', '--host', '192.0.2.1', ...port, '--for', '1s'], folder.path);
	expect(refused.exitCode).toBe(4);
	expect(refused.stderr).toContain(
		'lbtop: cannot listen on 192.0.2.1:9000: this machine has no such address (EADDRNOTAVAIL)',
	);
});

test('a lab does not take the port of a server that another has killed, nor the messages that go there', async () => {
	const first = await start(['--rate', '200']);
	const {address} = (await first.status()).servers[0]!;
	await first.tell({type: 'kill', part: 'server-1'});
	await until(async () => (await first.status()).servers[0]!.process === 'STOPPED');
	const second = await start(['--rate', '50'], {cwd: first.folder});
	const {balancer, servers} = await second.status();
	expect([balancer, ...servers].map(one => one.address)).not.toContain(address);
	await first.tell({type: 'start', part: 'server-1'});
	await until(async () => (await first.status()).servers[0]!.route === 'UP');
	expect((await first.status()).servers[0]!.address).toBe(address);
});

describe('log.txt', () => {
	const parts = ['client', 'balancer', 'server'];
	const hasAllParts = (lines: string[]) => parts.every(part => lines.some(line => line.includes(` by=${part}`)));
	/** Puts a folder in a file's place, unless a writer has made the file anew between the two steps. */
	const isReplaced = (file: string) => {
		renameSync(file, `${file}.old`);
		try {
			mkdirSync(file);
			return true;
		} catch (error) {
			expect((error as NodeJS.ErrnoException).code).toBe('EEXIST');
			return false;
		}
	};
	test('renamed or removed, every part goes on in a new one within a second', async () => {
		const lab = await start(['--rate', '100']);
		const file = path.join(lab.folder, 'log.txt');
		await until(() => hasAllParts(lab.log()));
		renameSync(file, `${file}.old`);
		await until(() => existsSync(file) && hasAllParts(lab.log()), {looks: 200, what: 'all parts in the new file'});
		rmSync(file);
		await until(() => existsSync(file) && hasAllParts(lab.log()), {looks: 200, what: 'all parts in the newest file'});
		expect((await lab.quit()).summary).toMatchObject({failed: 0, log: {dropped: 0}});
	});
	test('a folder put in its place does not stop the run, and the loss is counted and written down later', async () => {
		const lab = await start(['--rate', '100']);
		const file = path.join(lab.folder, 'log.txt');
		await until(() => isReplaced(file), {what: 'a folder in its place'});
		const {acked} = await lab.status();
		await until(async () => (await lab.status()).acked > acked + 100);
		rmSync(file, {recursive: true});
		await until(() => existsSync(file) && hasAllParts(lab.log()), {what: 'all parts in a file again'});
		expect((await lab.quit()).summary.failed).toBe(0);
	});
	test('on a full disk the run goes on and the loss is counted', async () => {
		const lab = await start(['--rate', '2000', '--log', '/dev/full']);
		const {acked} = await lab.status();
		await until(async () => (await lab.status()).acked > acked + 100);
		const {summary} = await lab.quit();
		expect(summary.failed).toBe(0);
		expect(summary.log.dropped).toBeGreaterThan(0);
	});
	test('is rotated by size, and no line is torn', async () => {
		const lab = await start(['--rate', '500', '--log-max-size', '50kb', '--log-keep', '3']);
		await until(() => existsSync(path.join(lab.folder, 'log.3.txt')));
		await lab.quit();
		const names = readdirSync(lab.folder).filter(name => /^log(\.\d+)?\.txt$/.test(name));
		expect(names.sort()).toEqual(['log.1.txt', 'log.2.txt', 'log.3.txt', 'log.txt']);
		for (const name of names)
			for (const line of readFileSync(path.join(lab.folder, name), 'utf8').split('\n').slice(0, -1))
				expect(line).toMatch(
					/^[A-Z][A-Za-z ]*: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d - .* \| at=\d\d:\d\d:\d\d\.\d{3} by=\S+/,
				);
	});
});

describe('hostile clients', () => {
	const talk = (port: number, bytes: Buffer): Promise<string> =>
		new Promise(resolve => {
			let text = '';
			const socket = connect(port, '127.0.0.1', () => socket.end(bytes));
			socket.on('data', chunk => {
				text += chunk;
			});
			socket.on('error', () => resolve(text));
			socket.on('close', () => resolve(text));
		});
	const portOf = async (lab: Lab) => Number((await lab.status()).balancer.address.split(':')[1]);

	test('escape codes, NUL, invalid UTF-8 and endless lines: answered or refused, the log stays printable', async () => {
		const lab = await start(['--rate', '50']);
		const port = await portOf(lab);
		expect(await talk(port, Buffer.from('#x1 \u001b[2J\u0000\u202e | by=evil\n'))).toMatch(
			/^#x1 ACK from Server \d\n$/,
		);
		expect(await talk(port, Buffer.from([0xff, 0xfe, 0x80, 10]))).toMatch(/^ACK from Server \d\n$/);
		expect(await talk(port, Buffer.from('half a line'))).toMatch(/^ACK from Server \d\n$/);
		expect(await talk(port, Buffer.alloc(1 << 20, 'a'))).toMatch(/^NAK from Load Balancer: too-long/);
		const {summary} = await lab.quit();
		expect(summary.failed).toBe(0);
		// biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is the point
		for (const line of lab.log()) expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u200b-\u200f]/);
	});
	test('5,000 connections at once are all answered', async () => {
		const lab = await start(['--rate', '50', '--log-detail', 'off']);
		const port = await portOf(lab);
		const answers = await Promise.all(Array.from({length: 5000}, (_, n) => talk(port, Buffer.from(`#m-${n} hello\n`))));
		expect(answers.filter((answer, n) => new RegExp(`^#m-${n} ACK from Server [12]\n$`).test(answer))).toHaveLength(
			5000,
		);
		expect((await lab.quit()).summary.failed).toBe(0);
	}, 60_000);
});

test('a taken server port between choosing and starting is moved away from', async () => {
	const squatter = createServer();
	let base = 0;
	await until(async () => {
		base = (await freePort('127.0.0.1', 30_000 + Math.floor(Math.random() * 2000), new Set()))!;
		squatter.listen(base + 1, '127.0.0.1');
		return once(squatter, 'listening').catch(() => false);
	});
	const folder = temporaryFolder();
	folders.push(folder);
	const {exitCode, stdout} = await runLbtop(['run', '--port', String(base), '--for', '1s', '--json'], folder.path);
	squatter.close();
	expect(exitCode).toBe(0);
	expect((JSON.parse(stdout) as Summary).servers.map(({address}) => address)).not.toContain(`127.0.0.1:${base + 1}`);
});
