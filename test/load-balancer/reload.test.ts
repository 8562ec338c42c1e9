import {afterEach, describe, expect, it} from 'vitest';
import {until} from '../support/until.ts';
import {startBalancer, type TestBalancer, untilIdle} from './support/balancer.ts';
import {connectTo, exchange} from './support/clients.ts';
import {acknowledge, freePort, startRawServer, startServer} from './support/servers.ts';

let balancer: TestBalancer;
afterEach(() => balancer.end());

/** Answers nothing until `release` is called. */
async function startHolding(name: string, options: {speaksTrunk?: boolean} = {}) {
	let release = () => {};
	const released = new Promise<void>(resolve => {
		release = resolve;
	});
	const answer = async (line: string) => {
		await released;
		return acknowledge(line, name);
	};
	return {server: await startServer(name, {...options, answer}), release};
}

describe.each([
	['that speaks the trunk', true],
	['that does not speak the trunk', false],
])('in message mode a server %s', (_, speaksTrunk) => {
	it('that is removed answers what it has, and is gone', async () => {
		const {server, release} = await startHolding('Server 1', {speaksTrunk});
		const other = await startServer('Server 2');
		balancer = await startBalancer([server, other]);
		const client = await connectTo(balancer.port);
		client.send('#a x\n#b x\n');
		await until(() => server.asked.length === 1);
		expect(balancer.backends.remove('Server 1')).toBe(true);
		expect(balancer.route('Server 1')).toBe('MAINT');
		for (let i = 0; i < 3; i++) expect(await exchange(balancer.port, 'x\n')).toBe('ACK from Server 2\n');
		expect(balancer.tick().backends.map(({name}) => name)).toEqual(['Server 1', 'Server 2']);
		release();
		expect((await client.receives(2)).sort()).toEqual(['#a ACK from Server 1', '#b ACK from Server 2']);
		await until(() => balancer.tick().backends.length === 1);
		await until(() => server.connections.size === 0, {what: 'its connections are closed'});
		expect(balancer.logged).toContain('Server Server 1 is removed {"server":"Server 1"}');
		await server.kill();
	});

	it('that moves answers what it has where it was; its counts go on', async () => {
		const {server: before, release} = await startHolding('Server 1', {speaksTrunk});
		const after = await startServer('Server 1', {speaksTrunk: !speaksTrunk});
		balancer = await startBalancer([before]);
		const client = await connectTo(balancer.port);
		client.send('#a x\n');
		await until(() => before.asked.length === 1);
		expect(balancer.backends.setAddress('Server 1', '127.0.0.1', after.port)).toBe(true);
		await until(() => balancer.route('Server 1') === 'UP');
		client.send('#b x\n');
		expect(await client.receives(1)).toEqual(['#b ACK from Server 1']);
		release();
		expect(await client.receives(2)).toEqual(['#b ACK from Server 1', '#a ACK from Server 1']);
		expect([before.asked, after.asked]).toEqual([['#a x'], ['#b x']]);
		await untilIdle(balancer);
		expect(balancer.backend('Server 1')).toMatchObject({forwarded: 2, answered: 2, unanswered: 0});
		await until(() => before.connections.size === 0, {what: 'the old connections are closed'});
		await after.kill();
	});

	it('whose old place breaks after it moved has its messages taken to the new one', async () => {
		const {server: before} = await startHolding('Server 1', {speaksTrunk});
		const after = await startServer('Server 1', {speaksTrunk});
		balancer = await startBalancer([before]);
		const client = await connectTo(balancer.port);
		client.send('#a x\n');
		await until(() => before.asked.length === 1);
		balancer.backends.setAddress('Server 1', '127.0.0.1', after.port);
		await until(() => balancer.route('Server 1') === 'UP');
		await before.kill();
		expect(await client.receives(1)).toEqual(['#a ACK from Server 1']);
		expect(balancer.routes('Server 1')).toEqual(['UP', 'DOWN', 'UP']);
		expect(after.asked).toEqual(['#a x']);
		await after.kill();
	});

	it('out for maintenance answers what it has, and is not checked when it dies', async () => {
		const {server, release} = await startHolding('Server 1', {speaksTrunk});
		balancer = await startBalancer([server]);
		const client = await connectTo(balancer.port);
		client.send('#a x\n');
		await until(() => server.asked.length === 1);
		balancer.backends.administer('Server 1', 'maint');
		release();
		expect(await client.receives(1)).toEqual(['#a ACK from Server 1']);
		await server.kill();
		expect(balancer.routes('Server 1')).toEqual(['UP', 'MAINT']);
		const again = await startServer('Server 1', {port: server.port, speaksTrunk});
		balancer.backends.administer('Server 1', 'ready');
		await until(() => balancer.route('Server 1') === 'UP');
		expect(await exchange(balancer.port, 'x\n')).toBe('ACK from Server 1\n');
		await again.kill();
	});
});

describe('in message mode', () => {
	it('a server that is added is given messages', async () => {
		const server = await startServer('Server 1');
		balancer = await startBalancer([server]);
		const added = await startServer('Server 2');
		expect(balancer.backends.add({name: 'Server 2', host: '127.0.0.1', port: added.port, weight: 1})).toBe(true);
		await until(() => balancer.route('Server 2') === 'UP');
		const answers = [await exchange(balancer.port, 'x\n'), await exchange(balancer.port, 'x\n')];
		expect(answers.sort()).toEqual(['ACK from Server 1\n', 'ACK from Server 2\n']);
		await added.kill();
	});

	it('a server whose connection breaks stays, where one break is not enough, and loses no message', async () => {
		const server = await startServer('Server 1');
		balancer = await startBalancer([server], {
			health: {passive: {observe: 'layer4', errorLimit: 10, onError: 'mark-down'}},
		});
		for (let life = 0; life < 5; life++) {
			expect(await exchange(balancer.port, 'x\n')).toBe('ACK from Server 1\n');
			for (const socket of server.connections) socket.resetAndDestroy();
			await until(() => balancer.backend('Server 1').errors === life + 1);
		}
		expect(await exchange(balancer.port, 'x\n')).toBe('ACK from Server 1\n');
		expect(balancer.routes('Server 1')).toEqual(['UP']);
	});

	it('a server that is gone is found by its errors or its checks, and nothing hangs meanwhile', async () => {
		const server = await startServer('Server 1');
		balancer = await startBalancer([server], {
			health: {passive: {observe: 'layer4', errorLimit: 1, onError: 'fastinter'}},
		});
		await server.kill();
		const client = await connectTo(balancer.port);
		client.send('#a x\n');
		expect((await client.receives(1))[0]).toMatch(/^#a NAK from Load Balancer: unavailable /);
		await until(() => balancer.route('Server 1') === 'DOWN');
		expect(await exchange(balancer.port, 'x\n')).toBe('NAK from Load Balancer: unavailable no server is up\n');
	});
});

describe('in connection mode', () => {
	const echoing = (name: string) =>
		startRawServer(name, socket => {
			socket.on('data', data => socket.write(`${name} ${data}`));
			socket.on('end', () => socket.end());
		});

	it('servers come, move and go, and no connection is cut', async () => {
		const [first, second] = [await echoing('A'), await echoing('B')];
		balancer = await startBalancer([{...first, name: 'S'}], {
			settings: {mode: 'connection'},
			health: {question: {type: 'connect'}},
		});
		const old = await connectTo(balancer.port);
		old.send('x\n');
		await old.receives(1);
		balancer.backends.setAddress('S', '127.0.0.1', second.port);
		await until(() => balancer.route('S') === 'UP');
		const young = await connectTo(balancer.port);
		young.send('x\n');
		expect(await young.receives(1)).toEqual(['B x']);
		balancer.backends.remove('S');
		old.send('y\n');
		young.send('y\n');
		expect(await old.receives(2)).toEqual(['A x', 'A y']);
		expect(await young.receives(2)).toEqual(['B x', 'B y']);
		old.socket.destroy();
		young.socket.destroy();
		await until(() => balancer.tick().backends.length === 0);
		await Promise.all([first.kill(), second.kill()]);
	});

	it('a server that refuses is checked by connecting alone', async () => {
		const port = await freePort();
		balancer = await startBalancer([{name: 'S', host: '127.0.0.1', port, weight: 1}], {
			settings: {mode: 'connection'},
			health: {question: {type: 'connect'}},
		});
		expect(balancer.backend('S')).toMatchObject({check: {status: 'L4CON', text: 'connection refused'}, downs: 0});
	});
});
