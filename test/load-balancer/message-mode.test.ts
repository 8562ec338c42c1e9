import {afterEach, describe, expect, it} from 'vitest';
import {until} from '../support/until.ts';
import {startBalancer, type TestBalancer} from './support/balancer.ts';
import {connectTo, exchange} from './support/clients.ts';
import {acknowledge, startServer, type TestServer} from './support/servers.ts';

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

describe('a classic client', () => {
	it('gets its ACK, also when it shuts down its side after sending', async () => {
		await start(1);
		expect(await exchange(balancer.port, 'HAI IDO\n')).toBe('ACK from Server 1\n');
	});

	it('has a last line that FIN ends answered', async () => {
		const [server] = await start(1);
		expect(await exchange(balancer.port, 'one\n#x two')).toBe('ACK from Server 1\n#x ACK from Server 1\n');
		expect(server!.asked).toEqual(['one', '#x two']);
	});

	it('is closed without a word when it says nothing', async () => {
		await start(1);
		expect(await exchange(balancer.port, '')).toBe('');
		await until(() => balancer.tick().clientConnections === 0);
	});

	it('may end its lines with a carriage return, which the server sees', async () => {
		let seen = '';
		await start(1, {
			answer: line => {
				seen = line;
				return acknowledge(line, 'Server 1');
			},
		});
		expect(await exchange(balancer.port, '#a hello\r\n')).toBe('#a ACK from Server 1\n');
		expect(seen).toBe('#a hello');
	});

	it('gets a PONG that does not announce the trunk', async () => {
		await start(1);
		expect(await exchange(balancer.port, 'PING\n')).toBe('PONG from Server 1\n');
		expect(await exchange(balancer.port, '#a PING\n')).toBe('#a PONG from Server 1\n');
	});
});

describe('bytes', () => {
	const odd = '\0\x1b[2J\xff\xfe\xc3(\x80';

	it('pass as they are', async () => {
		const [server] = await start(1, {answer: line => `re: ${line}`});
		expect(await exchange(balancer.port, Buffer.from(`${odd}\n`, 'latin1'))).toBe(`re: ${odd}\n`);
		expect(server!.asked).toEqual([odd]);
	});

	it('may come one at a time', async () => {
		await start(2, {answer: line => `re: ${line}`});
		const client = await connectTo(balancer.port);
		for (const byte of '#a one\ntwo\r\n#b three\n') {
			client.send(byte);
			await new Promise(resolve => setImmediate(resolve));
		}
		expect((await client.receives(3)).sort()).toEqual(['re: #a one', 're: #b three', 're: two']);
	});

	it('of long lines pass whole', async () => {
		await start(2, {answer: line => `${line.length} ${line.at(-1)}`});
		const client = await connectTo(balancer.port);
		for (const letter of 'abcdef') client.send(`${letter.repeat(65_536)}\n`);
		expect(await client.receives(6)).toEqual([...'abcdef'].map(letter => `65536 ${letter}`));
	});
});

describe('replies', () => {
	/** Server 1 answers late, so that the others always come first. */
	async function startSlowAndFast() {
		let release = () => {};
		const released = new Promise<void>(resolve => {
			release = resolve;
		});
		const slow = await startServer('Slow', {
			answer: async line => {
				await released;
				return `slow ${line}`;
			},
		});
		const fast = await startServer('Fast', {answer: line => `fast ${line}`});
		balancer = await startBalancer([slow, fast]);
		return {slow, fast, release};
	}

	it('without IDs come in the order of requests', async () => {
		const {fast, release} = await startSlowAndFast();
		const client = await connectTo(balancer.port);
		client.send('1\n2\n3\n4\n');
		await until(() => fast.asked.length === 2 && balancer.backend('Fast').inFlight === 0);
		expect(client.text()).toBe('');
		release();
		expect(await client.receives(4)).toEqual(['slow 1', 'fast 2', 'slow 3', 'fast 4']);
	});

	it('with IDs come when they are there', async () => {
		const {release} = await startSlowAndFast();
		const client = await connectTo(balancer.port);
		client.send('#1 a\n#2 b\n#3 c\n#4 d\n');
		expect(await client.receives(2)).toEqual(['fast #2 b', 'fast #4 d']);
		release();
		expect(await client.receives(4)).toEqual(['fast #2 b', 'fast #4 d', 'slow #1 a', 'slow #3 c']);
	});

	it('without IDs wait for no reply that bears one', async () => {
		const {release} = await startSlowAndFast();
		const client = await connectTo(balancer.port);
		client.send('#1 a\nb\n');
		expect(await client.receives(1)).toEqual(['fast b']);
		release();
		expect(await client.receives(2)).toEqual(['fast b', 'slow #1 a']);
	});

	it('of a long burst come in order, whoever answers first', async () => {
		const {fast, release} = await startSlowAndFast();
		const client = await connectTo(balancer.port);
		const burst = Array.from({length: 1000}, (_, i) => `${i}`);
		client.send(`${burst.join('\n')}\n`);
		await until(() => fast.asked.length === 500 && balancer.backend('Fast').inFlight === 0);
		release();
		expect((await client.receives(1000)).map(line => line.split(' ')[1])).toEqual(burst);
	});

	it('reach a client that has shut down its side long before', async () => {
		const {slow, release} = await startSlowAndFast();
		const answer = exchange(balancer.port, 'late\n');
		await until(() => slow.asked.length === 1);
		release();
		expect(await answer).toBe('slow late\n');
	});
});

describe('the log', () => {
	it('has each message forwarded, in the file before it leaves', async () => {
		const flushedBefore: boolean[] = [];
		const answer = (line: string) => {
			const written = balancer.logged.findIndex(logged => logged.includes(`id=${/\w+/.exec(line)?.[0]} `));
			flushedBefore.push(written >= 0 && balancer.logged.indexOf('flush', written) > 0);
			return acknowledge(line, 'Server 1');
		};
		await start(1, {answer, detail: 'all'});
		const client = await connectTo(balancer.port);
		client.send(Array.from({length: 50}, (_, i) => `#m${i} x\n`).join(''));
		client.send('no id\n');
		await client.receives(51);
		expect(flushedBefore.slice(0, 50)).toEqual(Array.from({length: 50}, () => true));
		const forwarded = balancer.logged.filter(line => line.startsWith('Forwarded'));
		expect(forwarded[0]).toBe('Forwarded Server 1 by=balancer id=m0 algorithm=round-robin why="server-1=1"');
		expect(forwarded[50]).toBe('Forwarded Server 1 by=balancer algorithm=round-robin why="server-1=1"');
		expect(forwarded.length).toBe(51);
	});

	it.each(['clients', 'off'] as const)('has no message with detail %s', async detail => {
		await start(1, {detail});
		await exchange(balancer.port, '#a x\n');
		expect(balancer.logged.filter(line => line.startsWith('Forwarded'))).toEqual([]);
		expect(balancer.logged.filter(line => line.startsWith('Server Server 1 is UP '))).toHaveLength(1);
	});
});

describe('5,000 clients at once', () => {
	it('are all answered', async () => {
		await start(2);
		const clients = await Promise.all(Array.from({length: 5000}, () => connectTo(balancer.port)));
		await until(() => balancer.tick().clientConnections === 5000);
		for (const [place, client] of clients.entries()) client.send(`#${place} x\n`);
		await until(() => clients.every((client, place) => client.text().startsWith(`#${place} ACK`)), {ms: 20_000});
		for (const client of clients) client.socket.destroy();
		await until(() => balancer.tick().clientConnections === 0);
	});
});
