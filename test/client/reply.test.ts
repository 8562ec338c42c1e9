import {describe, expect, test} from 'vitest';
import {firstWord, isFinal, readReply, serverOfAck} from '../../src/client/reply.ts';

const bytes = (text: string) => Buffer.from(text).toString('latin1');

test.each<[string, string | undefined]>([
	['#c1-7 ACK from Server 1', 'Server 1'],
	['#c1-7 ACK from x', 'x'],
	['#c1-7 ACK from Größe', bytes('Größe')],
	['#c1-7 ACK from ', undefined],
	['#c1-70 ACK from Server 1', undefined],
	['#c1- ACK from Server 1', undefined],
	['#c1-7_ACK from Server 1', undefined],
	['#c1-7 NAK from Server 1: busy', undefined],
	['c1-7 ACK from Server 1', undefined],
	['ACK from Server 1', undefined],
	['', undefined],
])('the ACK in %j names %j', (line, name) => {
	expect(serverOfAck(bytes(line), 'c1-7')).toBe(name);
});

describe('any line', () => {
	test.each<[string, ReturnType<typeof readReply>]>([
		['#c1-7 ACK from Größe', {type: 'ack', serverBytes: bytes('Größe'), isPlain: false}],
		['ACK from ACK from', {type: 'ack', serverBytes: 'ACK from', isPlain: true}],
		['#c1-7 NAK from Server 1: busy queue full', {type: 'nak', reason: 'busy queue full', isPlain: false}],
		['NAK from Server 1', {type: 'nak', reason: '', isPlain: true}],
		['#c1-6 ACK from Server 1', {type: 'stray'}],
		['#c1-6 NAK from Server 1: busy', {type: 'stray'}],
		['PONG from Server 1', {type: 'garbage'}],
		['#c1-7 ack from Server 1', {type: 'garbage'}],
		['HTTP/1.1 400 Bad Request', {type: 'garbage'}],
		['', {type: 'garbage'}],
	])('%j', (line, reply) => {
		expect(readReply(bytes(line), 'c1-7')).toEqual(reply);
	});
});

test('a reason is known by its first word, and some are final', () => {
	expect(firstWord('too-long 70000 bytes')).toBe('too-long');
	expect(firstWord('x'.repeat(1000))).toHaveLength(32);
	expect(['too-long', 'bad-request', 'busy', 'unavailable', ''].filter(isFinal)).toEqual(['too-long', 'bad-request']);
});
