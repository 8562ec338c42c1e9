import {expect, test} from 'vitest';
import {createFrameParser} from '../../src/load-balancer/frame-parser.ts';
import {type Chance, cut, damage, fuzzTimeoutMs, run, same} from './fuzz.ts';

const bodies = ['#a ACK from Server 1\n', 'ACK from B\n', '\n', 'x', 'B 1 2\n', '\0\xff\n'];

const grow = (chance: Chance) => {
	let text = '';
	for (let frames = chance.below(4); frames >= 0; frames--) {
		const body = chance.pick(bodies);
		const length = chance.oneIn(12) ? chance.pick([0, 1, 999, 8_388_609, 1e12]) : body.length;
		text += `B ${chance.below(2000)} ${String(length).padStart(chance.pick([1, 1, 6, 20, 21]), '0')}\n${body}`;
	}
	return damage(Buffer.from(text, 'latin1'), chance);
};

type Parsed = {frames: [number, string][]; isBad: boolean};

/** The rule itself, by a regular expression over all that came. */
const framesOf = (bytes: Buffer): Parsed => {
	const frames: [number, string][] = [];
	let text = bytes.toString('latin1');
	while (text !== '') {
		if (text.length < 44 && !text.includes('\n')) return {frames, isBad: false};
		const header = /^B (\d{1,20}) (\d{1,20})\n/.exec(text);
		const length = Number(header?.[2]);
		if (!header || length === 0 || length > 8_388_608) return {frames, isBad: true};
		const end = header[0].length + length;
		if (text.length < end) return {frames, isBad: false};
		frames.push([Number(header[1]), text.slice(header[0].length, end)]);
		text = text.slice(end);
	}
	return {frames, isBad: false};
};

test(
	'the envelope gives the same frames for any pieces, and the rule’s',
	() => {
		const tried = run({
			...{count: 300_000, grow},
			check: (bytes, chance) => {
				const wanted = framesOf(bytes);
				for (const pieces of [[bytes], cut(bytes, chance)])
					same(parse(pieces), wanted, `what ${pieces.length} pieces give`);
			},
		});
		expect(tried).toBeGreaterThan(0);
	},
	fuzzTimeoutMs,
);

function parse(pieces: Buffer[]): Parsed {
	const frames: Parsed['frames'] = [];
	const parser = createFrameParser((slot, bytes, start, end) => {
		frames.push([slot, bytes.toString('latin1', start, end)]);
		return undefined;
	});
	for (const piece of pieces) {
		const error = parser(piece);
		// What was received is only there for the moment.
		piece.fill(0);
		if (error !== undefined) return {frames, isBad: true};
	}
	return {frames, isBad: false};
}
