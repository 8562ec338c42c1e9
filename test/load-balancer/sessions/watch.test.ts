import {describe, expect, it} from 'vitest';
import {createSession, type Session} from '../../../src/load-balancer/sessions/session.ts';
import {createWatch, type WatchLimits} from '../../../src/load-balancer/sessions/watch.ts';
import type {Connection} from '../../../src/load-balancer/transport.ts';

const never: WatchLimits = {clientMs: 0, serverMs: 0, halfCloseMs: 0, stallMs: 0};

/** A joined session under watch, on a clock that is turned by hand. */
function watched(limits: Partial<WatchLimits>) {
	const written = {bytesWritten: 100_000, writableLength: 60_000};
	const session = createSession({...written} as unknown as Connection, {source: '', startedAt: 0});
	session.server.connection = {...written} as unknown as Connection;
	session.phase = 'joined';
	const ends: string[] = [];
	const watch = createWatch([session], {...never, ...limits}, (_, ending) => void ends.push(ending.cause));
	let ms = 0;
	const pass = (duration: number, meanwhile: (session: Session, tick: number) => void = () => {}) => {
		for (const until = ms + duration; ms < until && ends.length === 0; ms += watch.periodMs) {
			meanwhile(session, watch.tick());
			watch.look();
		}
		return {cause: ends[0], ms};
	};
	return {session, pass};
}

const silentClient = 'the client was silent';
const day = 86_400_000;

describe('the watch', () => {
	it.each([
		['clientMs', silentClient],
		['serverMs', 'the server was silent'],
	] as const)('ends who is silent for %s, within a tenth more', (name, cause) => {
		for (const wanted of [200, 300, 1000, 5000, 60_000, 3_600_000]) {
			const {cause: found, ms} = watched({[name]: wanted}).pass(day);
			expect(found).toBe(cause);
			expect(ms).toBeGreaterThanOrEqual(wanted);
			expect(ms).toBeLessThanOrEqual(wanted * 1.1 + 40);
		}
	});

	it('never ends a session without time-outs', () => {
		expect(watched({}).pass(day / 24).cause).toBeUndefined();
	});

	it('does not end one that is heard', () => {
		const {pass} = watched({clientMs: 500});
		expect(
			pass(60_000, ({client}, tick) => {
				if (tick % 8 === 0) client.seenAt = tick;
			}).cause,
		).toBeUndefined();
		expect(pass(60_000)).toMatchObject({cause: silentClient});
	});

	it('gives less time to an end once the other has said its last', () => {
		const {session, pass} = watched({clientMs: 60_000, serverMs: 60_000, halfCloseMs: 1000});
		session.server.hasEnded = true;
		expect(pass(day)).toMatchObject({cause: 'the client was silent after the server had ended', ms: 1100});
	});

	it('blames who takes nothing, and not who may not speak meanwhile', () => {
		const {session, pass} = watched({clientMs: 900, serverMs: 100, stallMs: 1000});
		session.client.isBlocked = true;
		const {cause, ms} = pass(day, ({client}, tick) => {
			client.seenAt = tick;
		});
		expect(cause).toBe('the client took nothing');
		expect(ms).toBeGreaterThanOrEqual(1000);
		expect(ms).toBeLessThanOrEqual(1100);
	});

	it('lets one be who takes little at a time', () => {
		const {session, pass} = watched({stallMs: 1000});
		session.server.isBlocked = true;
		const server = session.server.connection as {writableLength: number};
		const slowly = (_: Session, tick: number) => {
			if (tick % 8 === 0) server.writableLength--;
		};
		expect(pass(60_000, slowly).cause).toBeUndefined();
		expect(pass(60_000)).toMatchObject({cause: 'the server took nothing'});
	});
});
