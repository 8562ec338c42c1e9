import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest';
import {createClient} from '../../src/load-balancer/client.ts';
import {createHolding, firstRestMs, type Holding, stepMs} from '../../src/load-balancer/holding.ts';
import type {Connection} from '../../src/load-balancer/transport.ts';
import {startBalancer, type TestBalancer} from './support/balancer.ts';
import {connectTo} from './support/clients.ts';
import {acknowledge, startRawServer} from './support/servers.ts';

describe('holding answers', () => {
	beforeEach(() => void vi.useFakeTimers());
	afterEach(() => void vi.useRealTimers());

	const aClient = () => createClient({} as Connection, 0);
	/** A turn's end with the answers to one client, as the delivery has it: true when they are written. */
	const flush = (holding: Holding, client: ReturnType<typeof aClient>) => {
		const waits = !client.isComplete && holding.mayWait(client);
		if (!waits) holding.ends(client);
		holding.written(waits ? 1 : 0);
		return !waits;
	};

	it('lets the incomplete ones wait, for one step or two', () => {
		const due = vi.fn();
		const holding = createHolding(due);
		const client = aClient();
		expect(flush(holding, client)).toBe(false);
		vi.advanceTimersByTime(stepMs);
		expect(due).toHaveBeenCalledTimes(1);
		expect(flush(holding, client)).toBe(false);
		vi.advanceTimersByTime(stepMs);
		expect(due).toHaveBeenCalledTimes(2);
		expect(flush(holding, client)).toBe(true);
	});

	it('writes them at once when they are complete, and looks no more', () => {
		const due = vi.fn();
		const holding = createHolding(due);
		const client = aClient();
		flush(holding, client);
		client.isComplete = true;
		expect(flush(holding, client)).toBe(true);
		vi.advanceTimersByTime(100);
		expect(due).not.toHaveBeenCalled();
		expect(vi.getTimerCount()).toBe(0);
	});

	it('rests after it was in vain, longer each time, and not any more once it was not', () => {
		const holding = createHolding(() => undefined);
		const client = aClient();
		const waitInVain = () => {
			expect(flush(holding, client)).toBe(false);
			vi.advanceTimersByTime(stepMs * 2);
			expect(flush(holding, client)).toBe(true);
		};
		for (const restMs of [firstRestMs, firstRestMs * 2, firstRestMs * 4]) {
			waitInVain();
			vi.advanceTimersByTime(restMs - 1);
			expect(flush(holding, client)).toBe(true);
			vi.advanceTimersByTime(1);
		}
		flush(holding, client);
		client.isComplete = true;
		flush(holding, client);
		waitInVain();
		vi.advanceTimersByTime(firstRestMs);
		expect(flush(holding, client)).toBe(false);
		holding.stop();
		expect(vi.getTimerCount()).toBe(0);
	});
});

describe('a read whose lines go to two servers', () => {
	let balancer: TestBalancer;
	afterEach(() => balancer.end());

	it('is answered in part when one of them is slow, and the rest when that has answered', async () => {
		let answerLate = () => {};
		const servers = await Promise.all(
			[1, 2].map(number =>
				startRawServer(`Server ${number}`, socket => {
					socket.on('data', data => {
						const lines = data.toString().trimEnd().split('\n');
						if (lines[0] === 'PING') return socket.write(`PONG from Server ${number}\n`);
						const answer = () => socket.write(lines.map(line => `${acknowledge(line, `Server ${number}`)}\n`).join(''));
						if (number === 1) return answer();
						answerLate = answer;
					});
					socket.on('end', () => socket.end());
				}),
			),
		);
		balancer = await startBalancer(servers, {limits: {plainServer: 'id'}});
		const client = await connectTo(balancer.port);
		client.send('#1 a\n#2 b\n#3 c\n#4 d\n');
		const first = await client.receives(2);
		expect(first.every(line => line.endsWith('ACK from Server 1'))).toBe(true);
		answerLate();
		const all = await client.receives(4);
		expect(new Set(all.map(line => line.split(' ')[0]))).toEqual(new Set(['#1', '#2', '#3', '#4']));
	});

	it('is answered whole where every line is refused', async () => {
		const server = await startRawServer('Server 1', socket => socket.resetAndDestroy());
		balancer = await startBalancer([server]);
		const client = await connectTo(balancer.port);
		client.send('#1 a\n#2 b\n#3 c\n');
		expect(await client.receives(3)).toHaveLength(3);
	});
});
