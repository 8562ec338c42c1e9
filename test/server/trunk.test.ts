import fc from 'fast-check';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {startTestServer, type TestServer} from './support.ts';

let server: TestServer;
beforeEach(async () => {
	server = await startTestServer();
});
afterEach(() => server.close());

const ack = 'ACK from Server 1\n';
const frame = (slot: number, lines: string) => `B ${slot} ${Buffer.byteLength(lines)}\n${lines}`;

describe('a trunk', () => {
	it.each([
		['a line', frame(7, 'HAI IDO\n'), frame(7, ack)],
		['several lines, in order', frame(7, '#a x\ny\n#b z\r\n'), frame(7, `#a ${ack}${ack}#b ${ack}`)],
		['several frames', frame(1, '#a x\n') + frame(2, '#b x\n'), frame(1, `#a ${ack}`) + frame(2, `#b ${ack}`)],
		['a padded length', 'B 3 000005\n#a x\n', frame(3, `#a ${ack}`)],
		['the highest slot', frame(999_999_999, 'x\n'), frame(999_999_999, ack)],
		['no lines', frame(5, ''), frame(5, '')],
		['a PING', frame(5, 'PING\n'), frame(5, 'PONG from Server 1 trunk/1\n')],
		['a line that says TRUNK', frame(5, 'TRUNK\n'), frame(5, ack)],
		['no frame', '', ''],
		['half a frame', 'B 5 9\nx\n', ''],
	])('answers %s', async (_, frames, replies) => expect(await server.ask(`TRUNK\n${frames}`)).toBe(replies));

	it('answers when opening and frames come byte by byte', async () => {
		const client = server.connect();
		for (const byte of `TRUNK\n${frame(12, '#a HAI\n')}`) {
			client.send(byte);
			await new Promise(resolve => setImmediate(resolve));
		}
		await client.gets(frame(12, `#a ${ack}`));
	});

	it('counts the bytes of its reply, not the letters of its name', async () => {
		const other = await startTestServer({name: 'Sérvér 日'});
		const reply = 'ACK from Sérvér 日\n';
		expect(await other.ask(`TRUNK\n${frame(1, 'x\n')}`)).toBe(frame(1, reply));
		expect(await other.ask('x\n')).toBe(reply);
		await other.close();
	});

	it('takes a frame of 1 MiB, and refuses a line in it that is too long without harm to others', async () => {
		const long = `#long ${'x'.repeat(70_000)}\n`;
		const rest = '#m x\n'.repeat((1024 * 1024 - long.length) / 5);
		const lines = (long + rest).padEnd(1024 * 1024, '\n');
		const quiet = await startTestServer({detail: 'off'});
		const reply = await quiet.ask(`TRUNK\n${frame(1, lines)}${frame(2, 'x\n')}`);
		await quiet.close();
		expect(reply.startsWith('B 1 ')).toBe(true);
		expect(reply.split('\n')[1]).toBe('#long NAK from Server 1: too-long');
		expect(reply.endsWith(`ACK from Server 1\n${frame(2, ack)}`)).toBe(true);
	});

	it.each([
		['no frame', 'HAI IDO\n'],
		['a frame of more than 1 MiB', 'B 1 1048577\n'],
		['a slot of ten digits', 'B 1234567890 2\nx\n'],
		['a frame that ends within a line', 'B 1 3\nx\ny'],
		['nonsense after a good frame', `${frame(3, 'x\n')}nonsense`],
	])('refuses %s, and ends', async (_, frames) => {
		const client = server.connect();
		client.send(`TRUNK\n${frames}`);
		await client.ended();
		const good = frames.startsWith('B 3') ? frame(3, ack) : '';
		expect(client.received()).toBe(`${good}NAK from Server 1: bad-request malformed frame\n`);
	});

	it('answers each frame with one frame, however the bytes are cut, or refuses', async () => {
		const lines = fc.array(fc.constantFrom('#a x\n', 'y\n', '\n', 'PING\n', '#b \xe9\n')).map(each => each.join(''));
		const good = fc.tuple(fc.nat(50), lines).map(([slot, text]) => frame(slot, text));
		const bad = fc.string({unit: fc.constantFrom('B', ' ', '1', '9', '\n', 'x'), minLength: 1, maxLength: 12});
		const frames = fc.array(fc.oneof({weight: 9, arbitrary: good}, {weight: 1, arbitrary: bad}), {maxLength: 12});
		await fc.assert(
			fc.asyncProperty(frames, fc.array(fc.nat(30)), async (sent, sizes) => {
				const client = server.connect();
				const data = Buffer.from(`TRUNK\n${sent.join('')}`);
				let at = 0;
				for (const size of sizes) {
					client.send(data.subarray(at, at + size));
					at += size;
					await new Promise(resolve => setImmediate(resolve));
				}
				client.socket.end(data.subarray(at));
				await client.ended();
				const {replies, refused} = readReplies(client.received());
				const wellFormed = wellFormedFrames(sent.join(''));
				expect(replies).toEqual(wellFormed.frames);
				expect(refused).toBe(wellFormed.isBroken);
			}),
			{numRuns: 100},
		);
		expect(await server.ask('x\n')).toBe(ack);
	});
});

type Counted = {slot: number; lines: number}[];

/** The test's own reading of what was sent: slots with their numbers of lines, and whether something else followed. */
function wellFormedFrames(text: string): {frames: Counted; isBroken: boolean} {
	const frames: Counted = [];
	let rest = Buffer.from(text);
	for (;;) {
		const match = /^B (\d{1,9}) (\d{1,9})\n/.exec(rest.toString('latin1'));
		const from = match?.[0].length ?? 0;
		const to = from + Number(match?.[2]);
		if (!match || to > rest.length || Number(match[2]) > 1024 * 1024) break;
		const body = rest.subarray(from, to).toString();
		if (body !== '' && !body.endsWith('\n')) return {frames, isBroken: true};
		frames.push({slot: Number(match[1]), lines: body.split('\n').length - 1});
		rest = rest.subarray(to);
	}
	const mayBecomeOne = /^(B?|B |B \d{1,9}|B \d{1,9} |B \d{1,9} \d{1,9}|B \d{1,9} \d{1,9}\n[\s\S]*)$/;
	const declared = Number(/^B \d+ (\d+)\n/.exec(rest.toString('latin1'))?.[1] ?? 0);
	return {frames, isBroken: !mayBecomeOne.test(rest.toString('latin1')) || declared > 1024 * 1024};
}

function readReplies(text: string): {replies: Counted; refused: boolean} {
	const replies: Counted = [];
	let rest = text;
	for (let match = /^B (\d+) (\d+)\n/.exec(rest); match; match = /^B (\d+) (\d+)\n/.exec(rest)) {
		const body = rest.slice(match[0].length, match[0].length + Number(match[2]));
		expect(body.length).toBe(Number(match[2]));
		for (const line of body.split('\n').slice(0, -1)) expect(line).toMatch(/^(#[ab] )?(ACK|PONG) from Server 1/);
		replies.push({slot: Number(match[1]), lines: body.split('\n').length - 1});
		rest = rest.slice(match[0].length + body.length);
	}
	expect(['', 'NAK from Server 1: bad-request malformed frame\n']).toContain(rest);
	return {replies, refused: rest !== ''};
}
