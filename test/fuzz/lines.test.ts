import {expect, test} from 'vitest';
import {createLineReader} from '../../src/client/line-reader.ts';
import {type Client, createClient} from '../../src/load-balancer/client.ts';
import {createIntake} from '../../src/load-balancer/intake.ts';
import type {Connection} from '../../src/load-balancer/transport.ts';
import {type Chance, cut, damage, fuzzTimeoutMs, run, same} from './fuzz.ts';

const texts = [
	'#a HAI',
	'#c1-17 HAI IDO',
	'PING',
	'',
	'\r',
	'#',
	'x'.repeat(15),
	'y'.repeat(16),
	'z'.repeat(17),
	'\0é\x1b[',
];
const ends = ['\n', '\n', '\r\n', '\r\n', '\n\n', '\r\r\n', ''];

const maxBytes = 16;

const grow = (chance: Chance) => {
	let text = '';
	for (let lines = chance.below(5); lines >= 0; lines--) text += chance.pick(texts) + chance.pick(ends);
	return damage(Buffer.from(text, 'latin1'), chance);
};

/** The rule itself: `\n` ends a line, an `\r` before it is dropped, one that is longer than it may be ends everything. */
const linesOf = (bytes: Buffer) => {
	const lines: string[] = [];
	const parts = bytes.toString('latin1').split('\n');
	const rest = parts.pop()!;
	for (const part of rest === '' ? parts : [...parts, rest]) {
		const line = part.endsWith('\r') ? part.slice(0, -1) : part;
		if (line.length > maxBytes) return {lines, tooLong: part};
		lines.push(line);
	}
	return {lines};
};

test(
	"the client's line reader gives the same lines for any pieces, and the rule's",
	() => {
		const tried = run({
			...{count: 300_000, grow},
			check: (bytes, chance) => {
				const wanted = linesOf(bytes);
				const read = (pieces: Buffer[]) => {
					const lines: string[] = [];
					const reader = createLineReader({maxBytes, onLine: line => void lines.push(line), isOver: () => false});
					const isGood = pieces.every(piece => reader.read(piece, piece.length));
					if (isGood) reader.end();
					return lines;
				};
				for (const pieces of [[bytes], cut(bytes, chance)]) {
					same(read(pieces), wanted.lines, `what ${pieces.length} pieces give`);
				}
			},
		});
		expect(tried).toBeGreaterThan(0);
	},
	fuzzTimeoutMs,
);

test(
	"the balancer's intake takes the same lines for any pieces, refuses the first that is too long, and no byte else",
	() => {
		const tried = run({
			...{count: 300_000, grow},
			check: (bytes, chance) => {
				const {lines, tooLong} = linesOf(bytes);
				for (const pieces of [[bytes], cut(bytes, chance)]) {
					const {taken, refused} = takeIn(pieces);
					same(linesOf(Buffer.from(taken, 'latin1')).lines, lines, `what ${pieces.length} pieces give`);
					same(taken === '' || taken.endsWith('\n'), true, 'whether whole lines are taken');
					same(refused === undefined, tooLong === undefined, 'whether nothing is refused');
					if (tooLong === undefined || refused === undefined) continue;
					same(`${tooLong}\n`.startsWith(refused), true, `whether ${JSON.stringify(refused)} begins the line refused`);
				}
			},
		});
		expect(tried).toBeGreaterThan(0);
	},
	fuzzTimeoutMs,
);

function takeIn(pieces: Buffer[]) {
	const client: Client = createClient({} as Connection, 0);
	let taken = '';
	let refused: string | undefined;
	const intake = createIntake({
		maxLineBytes: maxBytes,
		take: (_, bytes, start, end) => {
			taken += bytes.toString('latin1', start, end);
		},
		refuse: (_, beginning) => {
			if (refused !== undefined) throw new Error('refused twice');
			refused = beginning.toString('latin1');
			client.phase = 'refused';
		},
	});
	for (const piece of pieces) if (client.phase === 'open') intake.received(client, piece);
	if (client.phase === 'open') intake.ended(client);
	return {taken, refused};
}
