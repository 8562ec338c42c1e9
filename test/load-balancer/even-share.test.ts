import {afterEach, describe, expect, it} from 'vitest';
import {startBalancer, type TestBalancer, untilIdle} from './support/balancer.ts';
import {connectTo, exchange} from './support/clients.ts';
import {startServer, type TestServer} from './support/servers.ts';

let balancer: TestBalancer;
afterEach(() => balancer.end());

async function start(
	count: number,
	options: Parameters<typeof startBalancer>[1] & Parameters<typeof startServer>[1] = {},
) {
	const servers: TestServer[] = [];
	for (let i = 1; i <= count; i++) servers.push(await startServer(`Server ${i}`, options));
	balancer = await startBalancer(servers, options);
	return servers;
}

function sharesOf(servers: TestServer[]) {
	return servers.map(server => server.asked.length);
}

describe('an even share', () => {
	it('goes to each server, message by message', async () => {
		const servers = await start(3);
		for (let i = 0; i < 10; i++) await exchange(balancer.port, `#m${i} hello\n`);
		expect(sharesOf(servers).sort()).toEqual([3, 3, 4]);
	});

	it('goes to each server, line by line, of a few lines in one read', async () => {
		const servers = await start(2);
		const client = await connectTo(balancer.port);
		client.send('1\n2\n3\n4\n5\n');
		const lines = await client.receives(5);
		const [first, second] = lines[0]!.endsWith('1') ? ['1', '2'] : ['2', '1'];
		expect(lines).toEqual([first, second, first, second, first].map(number => `ACK from Server ${number}`));
		expect(sharesOf(servers).sort()).toEqual([2, 3]);
	});

	it('goes to each server in runs, of many lines in one read', async () => {
		const servers = await start(3);
		const client = await connectTo(balancer.port);
		const total = [33, 100, 1, 500, 2, 64, 12_000, 7].reduce((sum, burst) => {
			client.send(Array.from({length: burst}, (_, i) => `#${sum + i} x\n`).join(''));
			return sum + burst;
		}, 0);
		await client.receives(total);
		const shares = sharesOf(servers);
		expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
		expect(balancer.tick().backends.map(backend => backend.answered)).toEqual(shares);
		const answered = client.lines().map(line => Number(/^#(\d+) ACK/.exec(line)?.[1]));
		expect(answered.sort((a, b) => a - b)).toEqual(Array.from({length: total}, (_, i) => i));
	});

	it('is not upset by PINGs in between', async () => {
		const servers = await start(2, {detail: 'all'});
		for (let i = 0; i < 4; i++) {
			await exchange(balancer.port, '#a hello\n');
			expect(await exchange(balancer.port, 'PING\n')).toMatch(/^PONG from Server \d\n$/);
		}
		const messages = servers.map(server => server.asked.filter(line => line !== 'PING').length);
		expect(messages).toEqual([2, 2]);
		expect(balancer.tick().backends.map(({forwarded, answered}) => [forwarded, answered])).toEqual([
			[2, 2],
			[2, 2],
		]);
		expect(balancer.logged.filter(line => line.startsWith('Forwarded'))).toHaveLength(4);
	});

	it('goes to each server when many clients ask', async () => {
		const servers = await start(2);
		await Promise.all(Array.from({length: 101}, (_, i) => exchange(balancer.port, `#c${i}-1 hello\n`)));
		expect(sharesOf(servers).sort((a, b) => a - b)).toEqual([50, 51]);
	});
});

describe('counts', () => {
	it('hold: forwarded = answered + in flight', async () => {
		const servers = await start(2);
		const client = await connectTo(balancer.port);
		client.send('#1 a\n'.repeat(500));
		client.send('b\n'.repeat(10));
		await client.receives(510);
		await untilIdle(balancer);
		const {backends, clientConnections, accepted, nak} = balancer.tick();
		expect(backends.map(({forwarded, answered, errors}) => ({forwarded, answered, errors}))).toEqual([
			{forwarded: 255, answered: 255, errors: 0},
			{forwarded: 255, answered: 255, errors: 0},
		]);
		expect({clientConnections, accepted, nak}).toEqual({clientConnections: 1, accepted: 1, nak: 0});
		expect(servers.map(server => server.trunks)).toEqual([1, 1]);
		expect(backends.map(backend => backend.connections)).toEqual([1, 1]);
	});
});
