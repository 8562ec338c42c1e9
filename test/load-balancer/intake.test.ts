import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {type Client, createClient} from '../../src/load-balancer/client.ts';
import {createIntake} from '../../src/load-balancer/intake.ts';
import type {Connection} from '../../src/load-balancer/transport.ts';

/** Feeds text cut at `cuts`, then FIN; gives the lines taken (with their ends) and the beginning refused. */
function feed(text: string, cuts: number[], maxLineBytes = 65_536) {
	const taken: string[] = [];
	let refused: string | undefined;
	const client: Client = createClient({} as Connection, 0);
	const intake = createIntake({
		maxLineBytes,
		take: (_, bytes, start, end) => void taken.push(bytes.toString('latin1', start, end)),
		refuse: (_, beginning) => {
			refused = beginning.toString('latin1');
			client.phase = 'refused';
		},
	});
	const bytes = Buffer.from(text, 'latin1');
	const places = [...new Set(cuts.map(cut => cut % (bytes.length + 1)))].sort((a, b) => a - b);
	let at = 0;
	for (const place of [...places, bytes.length]) {
		if (place > at && client.phase === 'open') intake.received(client, Buffer.from(bytes.subarray(at, place)));
		at = place;
	}
	if (client.phase === 'open') intake.ended(client);
	for (const each of taken) expect(each.endsWith('\n')).toBe(true);
	return {lines: taken.join('').match(/[^\n]*\n/g) ?? [], refused};
}

const text = fc.string({unit: fc.constantFrom('\n', '\n', '\r', 'a', '#', ' ', '\0', '\xff'), maxLength: 400});

describe('what clients say', () => {
	it('is cut into the same lines, however it comes', () => {
		fc.assert(
			fc.property(text, fc.array(fc.nat(400)), (said, cuts) => {
				const lines = (said.endsWith('\n') || said === '' ? said : `${said}\n`).match(/[^\n]*\n/g) ?? [];
				expect(feed(said, cuts)).toEqual({lines: [...lines], refused: undefined});
			}),
		);
	});

	it('is taken up to the first line that is too long, however it comes', () => {
		fc.assert(
			fc.property(text, fc.array(fc.nat(400)), (said, cuts) => {
				const lines = (said.endsWith('\n') || said === '' ? said : `${said}\n`).match(/[^\n]*\n/g) ?? [];
				const isLong = (line: string) => line.replace(/\r?\n$/, '').length > 20;
				const long = lines.findIndex(isLong);
				const result = feed(said, cuts, 20);
				if (long < 0) expect(result).toEqual({lines: [...lines], refused: undefined});
				else {
					expect(result.lines).toEqual(lines.slice(0, long));
					expect(result.refused).toBeDefined();
					expect(lines[long]!.startsWith(result.refused!)).toBe(true);
				}
			}),
		);
	});

	it.each([
		[65_536, '\n', false],
		[65_536, '\r\n', false],
		[65_537, '\n', true],
		[65_537, '\r\n', true],
		[65_536, '', false],
		[65_537, '', true],
	])('a line of %i bytes and %j is too long: %s', (length, end, isTooLong) => {
		const said = `${'x'.repeat(length)}${end}`;
		for (const cuts of [[], [1], [40_000], [65_536], [65_537], [length - 1, length]])
			expect(feed(said, cuts).refused !== undefined).toBe(isTooLong);
	});
});
