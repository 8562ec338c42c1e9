import {afterEach, describe, expect, it} from 'vitest';
import {until} from '../support/until.ts';
import {startBalancer, type TestBalancer} from './support/balancer.ts';
import {connectTo, exchange} from './support/clients.ts';
import {acknowledge, startServer} from './support/servers.ts';

let balancer: TestBalancer;
afterEach(() => balancer.end());

const never = () => undefined;

describe('drain', () => {
	it('gives nothing new to a server, lets it finish, and checks it further', async () => {
		let release = () => {};
		const released = new Promise<void>(resolve => {
			release = resolve;
		});
		const drained = await startServer('Server 1', {
			answer: async line => {
				await released;
				return acknowledge(line, 'Server 1');
			},
		});
		const other = await startServer('Server 2');
		balancer = await startBalancer([drained, other]);
		const client = await connectTo(balancer.port);
		client.send('#a x\n#b x\n');
		await until(() => drained.asked.length === 1);
		balancer.command({type: 'drain', server: 'Server 1'});
		expect(balancer.route('Server 1')).toBe('DRAIN');
		for (let i = 0; i < 4; i++) expect(await exchange(balancer.port, 'x\n')).toBe('ACK from Server 2\n');
		expect(drained.asked).toHaveLength(1);
		release();
		expect((await client.receives(2)).sort()).toEqual(['#a ACK from Server 1', '#b ACK from Server 2']);
		balancer.command({type: 'ready', server: 'Server 1'});
		expect(balancer.route('Server 1')).toBe('UP');
		expect([await exchange(balancer.port, 'x\n'), await exchange(balancer.port, 'x\n')].sort()).toEqual([
			'ACK from Server 1\n',
			'ACK from Server 2\n',
		]);
	});

	it('of the only server refuses what comes', async () => {
		balancer = await startBalancer([await startServer('Server 1')]);
		balancer.command({type: 'drain', server: 'Server 1'});
		expect(await exchange(balancer.port, 'x\n')).toBe('NAK from Load Balancer: unavailable no server is up\n');
	});

	it('goes on through a death', async () => {
		const server = await startServer('Server 1');
		balancer = await startBalancer([server]);
		balancer.command({type: 'drain', server: 'Server 1'});
		await server.kill();
		await until(() => balancer.route('Server 1') === 'DOWN');
		const again = await startServer('Server 1', {port: server.port});
		await until(() => balancer.route('Server 1') === 'DRAIN');
		await again.kill();
	});
});

describe('a stop', () => {
	it('finishes what is under way, and closes the clients', async () => {
		let release = () => {};
		const released = new Promise<void>(resolve => {
			release = resolve;
		});
		const server = await startServer('Server 1', {
			answer: async line => {
				await released;
				return acknowledge(line, 'Server 1');
			},
		});
		balancer = await startBalancer([server], {limits: {stopMs: 5000}});
		const idle = await connectTo(balancer.port);
		const client = await connectTo(balancer.port);
		client.send('#a x\n');
		await until(() => server.asked.length === 1);
		const stopped = balancer.stop();
		await until(idle.isClosed);
		expect(client.isClosed()).toBe(false);
		release();
		await until(client.isClosed);
		expect(client.text()).toBe('#a ACK from Server 1\n');
		for (const each of [idle, client]) each.socket.end();
		await stopped;
		await balancer.stop();
		await expect(connectTo(balancer.port)).rejects.toThrow('ECONNREFUSED');
	});

	it('does not wait for ever', async () => {
		const server = await startServer('Server 1', {answer: never});
		balancer = await startBalancer([server], {limits: {stopMs: 100}});
		const client = await connectTo(balancer.port);
		client.send('x\n');
		await until(() => server.asked.length === 1);
		await balancer.stop();
		await until(client.isClosed);
	});
});
