import fc from 'fast-check';
import {expect, test} from 'vitest';
import {
	acks,
	acksWithoutId,
	answersByteByByte,
	type Behaviour,
	closes,
	naks,
	neverAnswers,
	resets,
} from './scripted-server.ts';
import {serve, startClients} from './support.ts';

const behaviours: Record<string, Behaviour> = {
	acks,
	acksTwice: given => {
		acks(given);
		acks(given);
	},
	acksLate: given => void setTimeout(acks, 40, given),
	acksAndCloses: ({id, socket}) => void socket.end(`#${id} ACK from Server 2`),
	acksWithoutId,
	slow: answersByteByByte('noise\n#ID ACK from Server 1\r\n'),
	garbage: ({socket}) => void socket.write('garbage\n'.repeat(60)),
	half: ({id, socket}) => void socket.end(`#${id} AC`),
	foreign: ({socket}) => void socket.write('#c99-1 ACK from Server 1\n#c99-1 NAK from Server 1: busy\n'),
	busy: naks('busy'),
	tooLong: naks('too-long'),
	neverAnswers,
	resets,
	closes,
};

/** Ten times as fast as time is. */
const hastyNow = () => performance.now() * 10;

test('sent = acked + failed + in flight in every tick, whatever the server does', async () => {
	const script = fc.array(fc.constantFrom(...Object.keys(behaviours)), {minLength: 1, maxLength: 12});
	await fc.assert(
		fc.asyncProperty(
			script,
			fc.constantFrom(
				{connect: 'per-message', depth: 1} as const,
				...[1, 2, 9].map(depth => ({connect: 'persistent', depth}) as const),
			),
			fc.nat(1000),
			async (names, {connect, depth}, seed) => {
				const server = await serve(given => behaviours[names[given.count % names.length]!]!(given));
				const {manager, lines} = startClients({
					...{port: server.port, count: 20, connect, depth, limit: 60, ackTimeoutMs: 250, retries: 1, seed},
					now: hastyNow,
				});
				const check = () => {
					const {sent, acked, failed, inFlight, connectedNow} = manager.tick();
					expect(sent).toBe(acked + failed + inFlight);
					expect(connectedNow).toBeGreaterThanOrEqual(0);
					expect(inFlight).toBeLessThanOrEqual(20 * depth);
				};
				const timer = setInterval(check, 2);
				await manager.done.finally(() => clearInterval(timer));
				await manager.stop();
				check();
				const {sent, attempts, acked, failed, inFlight, retried, connectedNow, retriesByCause} = manager.tick();
				const retries = Object.values(retriesByCause).reduce((sum, count) => sum + count, 0);
				const count = (label: string) => lines.filter(line => line.startsWith(`${label}: `)).length;
				expect([sent, inFlight, connectedNow]).toEqual([60, 0, 0]);
				expect([count('Message Received'), count('Message Failed'), count('Retry')]).toEqual([acked, failed, retries]);
				// A late ACK may come while the client waits to try again.
				expect(attempts).toBe(sent + retried);
				expect(retries).toBeGreaterThanOrEqual(retried);
				await server.close();
			},
		),
		{numRuns: 30},
	);
});
