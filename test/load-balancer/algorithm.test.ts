import {afterEach, describe, expect, it} from 'vitest';
import {algorithmNames} from '../../src/domain/algorithm.ts';
import {until} from '../support/until.ts';
import {startBalancer, type TestBalancer, untilIdle} from './support/balancer.ts';
import {connectTo, exchange} from './support/clients.ts';
import {acknowledge, startServer, type TestServer} from './support/servers.ts';

let balancer: TestBalancer;
afterEach(() => balancer.end());

const startServers = (count: number) =>
	Promise.all(Array.from({length: count}, (_, index) => startServer(`Server ${index + 1}`)));
/** So many that they do not all have one home, wherever the servers' ports may lead: the chance is 3^-23. */
const clients = 24;
const askedOf = (servers: TestServer[]) => servers.map(({asked}) => asked.length);

describe('the algorithm in message mode', () => {
	it('changes while messages are under way, and none is lost', async () => {
		balancer = await startBalancer(await startServers(3));
		const client = await connectTo(balancer.port);
		let sent = 0;
		for (const algorithm of [...algorithmNames, 'round-robin'] as const) {
			client.send(Array.from({length: 50}, () => `#m-${sent++} hello\n`).join(''));
			balancer.command({type: 'algorithm', algorithm});
			expect(balancer.tick().algorithm).toBe(algorithm);
			client.send(Array.from({length: 20}, () => `#m-${sent++} hello\n`).join(''));
		}
		const lines = await client.receives(sent);
		expect(new Set(lines.map(line => /^#(m-\d+) ACK from/.exec(line)?.[1])).size).toBe(sent);
		await untilIdle(balancer);
		expect(balancer.tick().nak).toBe(0);
		const changes = balancer.events.flatMap(event => (event.type === 'algorithm-changed' ? [event.algorithm] : []));
		// What it is already is no change.
		expect(changes).toEqual([...algorithmNames.slice(1), 'round-robin']);
		expect(balancer.logged).toContain(
			'Server Load Balancer chooses by least-connections {"algorithm":"least-connections","before":"round-robin"}',
		);
	});

	it.each([
		['client', (client: number, message: number) => `#c${client}-${message} hello`, 'many'],
		['id', (client: number) => `#order:${client} hello`, 'many'],
		['key', (client: number, message: number) => `#m${message} key=k${client} hello`, 'many'],
		['address', (client: number, message: number) => `#c${client}-${message} hello`, 'one'],
	] as const)('hashes by %s, one by one and in a long read', async (hashKey, line, homesWanted) => {
		const servers = await startServers(3);
		balancer = await startBalancer(servers, {settings: {algorithm: 'maglev', hashKey}});
		for (let client = 0; client < clients; client++) {
			await exchange(balancer.port, `${line(client, 0)}\n`);
			const burst = Array.from({length: 100}, (_, message) => `${line(client, message)}\n`).join('');
			await exchange(balancer.port, burst);
		}
		const homes = Array.from({length: clients}, (_, client) =>
			servers.filter(({asked}) => asked.some(each => each === line(client, 0))).map(({name}) => name),
		);
		for (const home of homes) expect(home).toHaveLength(1);
		expect(new Set(homes.flat()).size > 1).toBe(homesWanted === 'many');
		for (const [index, count] of askedOf(servers).entries()) {
			expect(count).toBe(101 * homes.flat().filter(name => name === servers[index]!.name).length);
		}
	});

	it('learns from answers which server is slow', async () => {
		const slow = await startServer('Server 1', {
			answer: line => new Promise(resolve => setTimeout(resolve, 100, acknowledge(line, 'Server 1'))),
		});
		const fast = await startServer('Server 2');
		balancer = await startBalancer([slow, fast], {settings: {algorithm: 'peak-ewma'}});
		for (let i = 0; i < 50; i++) await exchange(balancer.port, `#m${i} hello\n`);
		expect(slow.asked.length).toBeGreaterThanOrEqual(1);
		expect(slow.asked.length).toBeLessThanOrEqual(3);
	});

	it('goes on when a server breaks, what that had going to the other', async () => {
		const servers = [await startServer('Server 1', {answer: () => undefined}), await startServer('Server 2')];
		balancer = await startBalancer(servers, {settings: {algorithm: 'least-connections'}});
		const client = await connectTo(balancer.port);
		client.send('#1 a\n#2 b\n');
		await client.receives(1);
		await servers[0]!.kill();
		expect((await client.receives(2)).sort()).toEqual(['#1 ACK from Server 2', '#2 ACK from Server 2']);
		await untilIdle(balancer);
	});

	it('says in the log what decided, only there', async () => {
		const servers = await startServers(2);
		balancer = await startBalancer(servers, {detail: 'all', settings: {algorithm: 'least-connections'}});
		await exchange(balancer.port, '#a hello\n');
		balancer.command({type: 'algorithm', algorithm: 'ring-hash'});
		await exchange(balancer.port, '#c7-1 hello\n');
		const forwarded = balancer.logged.filter(line => line.startsWith('Forwarded'));
		expect(forwarded[0]).toMatch(/by=balancer id=a algorithm=least-connections why="server-1=0 server-2=0"$/);
		expect(forwarded[1]).toMatch(/ id=c7-1 algorithm=ring-hash why="key=c7 home=server-\d"$/);
	});

	it('is not led astray by a hostile key', async () => {
		balancer = await startBalancer(await startServers(1), {
			detail: 'all',
			settings: {algorithm: 'ring-hash', hashKey: 'key'},
		});
		await exchange(balancer.port, '#a key=x"|\x1b[2J\n');
		const forwarded = balancer.logged.find(line => line.startsWith('Forwarded'))!;
		expect(forwarded).toMatch(/ why="key=x\\"\|\\\\x1b\[2J home=server-1"$/);
	});
});

describe('the algorithm in connection mode', () => {
	it('is the same one, where load is connections', async () => {
		const servers = await startServers(2);
		balancer = await startBalancer(servers, {settings: {mode: 'connection', algorithm: 'least-connections'}});
		const open = async (count: number) => {
			const clients = await Promise.all(Array.from({length: count}, () => connectTo(balancer.port)));
			for (const client of clients) {
				client.send('hello\n');
				await client.receives(1);
			}
			return clients;
		};
		const inFlight = () => balancer.tick().backends.map(backend => backend.inFlight);
		const first = await open(4);
		expect(inFlight()).toEqual([2, 2]);
		for (const client of first) if (client.lines()[0] === 'ACK from Server 1') client.socket.end();
		await untilIdleAt(0);
		await open(2);
		expect(inFlight()).toEqual([2, 2]);
		balancer.command({type: 'algorithm', algorithm: 'source-hash'});
		const before = askedOf(servers);
		await open(5);
		expect(
			askedOf(servers)
				.map((count, index) => count - before[index]!)
				.sort(),
		).toEqual([0, 5]);
	});
});

async function untilIdleAt(index: number) {
	await until(() => balancer.tick().backends[index]!.inFlight === 0, {what: 'its connections are gone'});
}
