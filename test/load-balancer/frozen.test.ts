import path from 'node:path';
import {execa} from 'execa';
import {afterEach, describe, expect, it} from 'vitest';
import {plainEnvironment, temporaryFolder} from '../support/lab.ts';
import {until} from '../support/until.ts';
import {startBalancer, type TestBalancer, untilIdle} from './support/balancer.ts';
import {connectTo} from './support/clients.ts';
import {defaultHealth} from './support/defaults.ts';
import {freePort} from './support/servers.ts';

const program = path.resolve(import.meta.dirname, '../../dist/server.js');
const folder = temporaryFolder();
const children: ReturnType<typeof startProcess>[] = [];
let balancer: TestBalancer | undefined;

afterEach(async () => {
	await balancer?.end();
	for (const child of children.splice(0)) {
		child.kill('SIGKILL');
		await child;
	}
	folder.close();
});

function startProcess(name: string, port: number) {
	return execa(process.execPath, [program, '--name', name, '--port', `${port}`, '--service-time', '1ms'], {
		...{cwd: folder.path, reject: false, env: plainEnvironment(), extendEnv: false, timeout: 60_000},
	});
}

async function startRealServer(name: string) {
	const port = await freePort();
	const child = startProcess(name, port);
	children.push(child);
	let stdout = '';
	child.stdout.on('data', data => {
		stdout += data;
	});
	await until(() => stdout.includes('listening'), {what: `${name} listens`});
	return {address: {name, host: '127.0.0.1', port, weight: 1}, child};
}

describe('a server process that is stopped (SIGSTOP), while its kernel still accepts', () => {
	it('is found by the default checks in time, and every message it has not answered is answered by the other', async () => {
		const [first, second] = [await startRealServer('Server 1'), await startRealServer('Server 2')];
		balancer = await startBalancer([first.address, second.address], {health: defaultHealth});
		const client = await connectTo(balancer.port);
		let sent = 0;
		const send = () => client.send(`#f${sent++} x\n`);
		const pump = setInterval(send, 15);
		await until(() => client.lines().length > 50);
		first.child.kill('SIGSTOP');
		const frozenAt = performance.now();
		await until(() => balancer!.route('Server 1') === 'DOWN');
		const tookMs = performance.now() - frozenAt;
		clearInterval(pump);
		const lines = await client.receives(sent);
		expect(new Set(lines.map(line => line.split(' ')[0])).size).toBe(sent);
		expect(lines.every(line => line.includes(' ACK from Server '))).toBe(true);
		expect(balancer.backend('Server 1').redelivered).toBeGreaterThan(10);
		expect(balancer.backend('Server 1').unanswered).toBe(balancer.backend('Server 1').redelivered);
		expect(balancer.backend('Server 1')).toMatchObject({check: {status: 'L7TOUT'}, checkFailures: 3, downs: 1});
		// That this is at most fall × (timeout + fastinter) + inter is shown where nothing else takes time: health-checker.test.ts.
		expect(tookMs).toBeGreaterThan(1800);
		first.child.kill('SIGCONT');
		await until(() => balancer!.route('Server 1') === 'UP');
		await untilIdle(balancer);
	});
});
