import {describe, expect, it} from 'vitest';
import {defaultHealth} from './support/defaults.ts';
import {wellServers} from './support/standing.ts';

const answersWhileItsChecksFail = (bed: ReturnType<typeof wellServers>, number: number) => {
	const backend = bed.server(number);
	for (let i = 0; i < 3; i++) {
		backend.answered++;
		bed.failCheck(backend);
	}
	expect(backend.route.state).toBe('DOWN');
};

describe('panic', () => {
	it('uses servers that fail their checks and still answer, and says so, until enough are well', () => {
		const bed = wellServers(4);
		answersWhileItsChecksFail(bed, 1);
		answersWhileItsChecksFail(bed, 2);
		expect(bed.used()).toBe('S3 S4');
		bed.news();
		bed.takeDown(bed.server(3), 'L4CON');
		expect(bed.used()).toBe('S1 S2 S4');
		expect(bed.news().slice(2)).toEqual([
			'panic: 1 of 4 servers is well, less than 50 %; those that only seem unwell are used too',
			'shifted S1',
			'shifted S2',
			'S3 DOWN (no answer to its check)',
		]);
		bed.checkWell(bed.server(3));
		bed.checkWell(bed.server(3));
		expect(bed.used()).toBe('S3 S4');
		expect(bed.news().slice(1)).toEqual([
			'panic is over: 2 of 4 servers are well',
			'shifted S1',
			'shifted S2',
			'S3 UP (answered its check)',
		]);
	});

	it.each([
		['refuses', 'L4CON', 0],
		['is silent', 'L7TOUT', 1],
	] as const)('does not use a server that %s', (_, status, inFlight) => {
		const bed = wellServers(3);
		for (const number of [1, 2]) {
			bed.server(number).answered++;
			bed.server(number).inFlight = inFlight;
			bed.takeDown(bed.server(number), status);
		}
		expect(bed.used()).toBe('S3');
		expect(bed.told.filter(line => line.includes('panic'))).toEqual([]);
	});

	it('leaves a server that answers no more', () => {
		const bed = wellServers(3);
		answersWhileItsChecksFail(bed, 1);
		answersWhileItsChecksFail(bed, 2);
		expect(bed.used()).toBe('S1 S2 S3');
		bed.server(1).inFlight = 3;
		bed.news();
		bed.failCheck(bed.server(1));
		expect(bed.used()).toBe('S2 S3');
		expect(bed.news()).toEqual(['shifted S1']);
		bed.backends.observe(bed.server(2), 'broken', 'connection reset');
		expect(bed.used()).toBe('S3');
	});

	it('uses the only server, ejected though it is', () => {
		const bed = wellServers(1, {
			passive: {observe: 'none', errorLimit: 1, onError: 'mark-down'},
			outlier: {...defaultHealth.outlier, isOn: true, consecutive: 2},
		});
		bed.backends.observe(bed.server(1), 'broken', 'connection reset');
		bed.backends.observe(bed.server(1), 'broken', 'connection reset');
		expect(bed.server(1).route.state).toBe('EJECTED');
		expect(bed.used()).toBe('S1');
	});

	it('is no matter with one of two servers down, and nobody is asked with both', () => {
		const bed = wellServers(2);
		bed.takeDown(bed.server(1), 'L4CON');
		expect(bed.used()).toBe('S2');
		bed.takeDown(bed.server(2), 'L4CON');
		expect(bed.used()).toBe('');
		expect(bed.told.filter(line => line.includes('panic'))).toEqual([]);
	});

	it('does not count servers that people took out', () => {
		const bed = wellServers(4);
		answersWhileItsChecksFail(bed, 1);
		bed.backends.administer('S2', 'maint');
		bed.backends.administer('S3', 'drain');
		expect(bed.used()).toBe('S4');
		bed.backends.administer('S4', 'maint');
		expect(bed.used()).toBe('S1');
	});

	it('can be forbidden', () => {
		const bed = wellServers(2, {panicPercent: 0});
		answersWhileItsChecksFail(bed, 1);
		answersWhileItsChecksFail(bed, 2);
		expect(bed.used()).toBe('');
	});
});
