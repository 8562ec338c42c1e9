import {afterEach, describe, expect, it} from 'vitest';
import {startBalancer, type TestBalancer, untilIdle} from './support/balancer.ts';
import {connectTo} from './support/clients.ts';
import {acknowledge, startRawServer} from './support/servers.ts';

let balancer: TestBalancer;
afterEach(async () => {
	await balancer.end();
});

const numbered = (count: number, name: string) => Array.from({length: count}, (_, i) => `#${name}${i} x\n`).join('');
const idsOf = (lines: string[]) => new Set(lines.map(line => line.split(' ')[0])).size;
const limits = {plainServer: 'id' as const, retryBudget: {percent: 100, perSecond: 1000, ttlMs: 10_000}};

/** Servers that echo IDs, so that long reads go to them in runs; `says` is the answer to a whole run. */
async function startEchoing({
	servers = 2,
	says,
}: {
	servers?: number;
	says?: (lines: string[], name: string) => string | null;
}) {
	/** How many lines each read of a server held. */
	const reads: number[] = [];
	const quick = await Promise.all(
		Array.from({length: servers}, (_, place) =>
			startRawServer(`Server ${place + 1}`, socket => {
				const name = `Server ${place + 1}`;
				let text = '';
				socket.on('data', data => {
					text += data.toString('latin1');
					const lines = text.split('\n');
					text = lines.pop()!;
					if (lines[0] === 'PING') return socket.write(`PONG from ${name}\n`);
					if (lines.length > 0) reads.push(lines.length);
					const isRun = /^#\d+\.run/.test(lines[0] ?? '');
					const reply = isRun && says ? says(lines, name) : lines.map(line => `${acknowledge(line, name)}\n`).join('');
					if (reply === null) return socket.resetAndDestroy();
					return socket.write(reply, 'latin1');
				});
				socket.on('end', () => socket.end());
			}),
		),
	);
	balancer = await startBalancer(quick, {limits});
	return {reads, quick};
}

describe('a run of lines to a server without the trunk', () => {
	it('shares a long read evenly and each line is answered once', async () => {
		const {reads} = await startEchoing({});
		const before = balancer.tick().backends.map(({forwarded}) => forwarded);
		const client = await connectTo(balancer.port);
		client.send(numbered(128, 'run'));
		expect(idsOf(await client.receives(128))).toBe(128);
		await untilIdle(balancer);
		expect(client.lines()).toHaveLength(128);
		const shares = balancer.tick().backends.map(({forwarded}, place) => forwarded - before[place]!);
		expect(shares).toEqual([64, 64]);
		expect(reads).toEqual([64, 64]);
	});
	it('that breaks in the middle is asked of another server', async () => {
		let broken = 0;
		const {quick} = await startEchoing({says: (lines, name) => (broken++ === 0 ? null : answersTo(lines, name))});
		const client = await connectTo(balancer.port);
		client.send(numbered(128, 'run'));
		const lines = await client.receives(128);
		expect(idsOf(lines)).toBe(128);
		expect(lines.filter(line => line.includes('NAK'))).toEqual([]);
		await untilIdle(balancer);
		expect(client.lines()).toHaveLength(128);
		expect(broken).toBeGreaterThan(1);
		expect(quick).toHaveLength(2);
	});
	it.each([
		['with one line too many', (lines: string[], name: string) => `${answersTo(lines, name)}#more ACK\n`],
		['with a line that bears no ID', (lines: string[], name: string) => answersTo(lines, name).replace(/^#\w+ /, '')],
	])('that is answered %s is asked again line by line', async (_, says) => {
		let runs = 0;
		await startEchoing({
			servers: 1,
			says: (lines, name) => (runs++ === 0 ? says(lines, name) : answersTo(lines, name)),
		});
		const client = await connectTo(balancer.port);
		client.send(numbered(64, 'run'));
		const lines = await client.receives(64);
		expect(idsOf(lines)).toBe(64);
		expect(lines.every(line => line.startsWith('#run'))).toBe(true);
		await untilIdle(balancer);
		expect(client.lines()).toHaveLength(64);
		expect(balancer.route('Server 1')).toBe('UP');
	});
	it('holds no line without an ID: these keep their order, whatever the server answers first', async () => {
		await startEchoing({servers: 2});
		const client = await connectTo(balancer.port);
		client.send(`${numbered(60, 'run')}${'bare\n'.repeat(10)}`);
		const lines = await client.receives(70);
		expect(lines.filter(line => /^ACK from Server [12]$/.test(line))).toHaveLength(10);
		expect(idsOf(lines.filter(line => line.startsWith('#run')))).toBe(60);
	});
	it('is answered to a client that has said its last', async () => {
		await startEchoing({});
		const client = await connectTo(balancer.port);
		client.send(numbered(500, 'run'));
		client.socket.end();
		expect(idsOf(await client.receives(500))).toBe(500);
	});
	it('waits for a client that does not read, and no other client does', async () => {
		await startEchoing({
			says: (lines, name) => lines.map(line => `${line.split(' ')[0]} ACK from ${name} ${'y'.repeat(9000)}\n`).join(''),
		});
		const [slow, other] = [await connectTo(balancer.port), await connectTo(balancer.port)];
		slow.socket.pause();
		for (let i = 0; i < 20; i++) slow.send(numbered(100, `run${i}.`));
		other.send(numbered(100, 'other'));
		expect(idsOf(await other.receives(100))).toBe(100);
		slow.socket.resume();
		expect(idsOf(await slow.receives(2000))).toBe(2000);
	});
});

function answersTo(lines: string[], name: string): string {
	return lines.map(line => `${acknowledge(line, name)}\n`).join('');
}
