import {describe, expect, test} from 'vitest';
import {firstWord, isFinal, readReply, sequenceOf, sequenceOfAck, serverOfAck} from '../../src/client/reply.ts';

const bytes = (text: string) => Buffer.from(text).toString('latin1');

test.each<[string, number, string?]>([
	['#c1-7 ACK from Server 1', 7, 'Server 1'],
	['#c1-1234567890 ACK from x', 1_234_567_890, 'x'],
	['#c1-7 ACK from Größe', 7, bytes('Größe')],
	['#c1-7 ACK from ', -1],
	['#c1-07 ACK from Server 1', -1],
	['#c1-0 ACK from Server 1', -1],
	['#c1- ACK from Server 1', -1],
	['#c1-7e1 ACK from Server 1', -1],
	['#c1-7_ACK from Server 1', -1],
	['#c1-7 NAK from Server 1: busy', -1],
	['#c2-7 ACK from Server 1', -1],
	['#c11-7 ACK from Server 1', -1],
	['c1-7 ACK from Server 1', -1],
	['ACK from Server 1', -1],
	['#c1-7', -1],
	['', -1],
])('the ACK in %j is of message %j, by %j', (line, sequence, name) => {
	expect(sequenceOfAck(bytes(line), '#c1-')).toBe(sequence);
	if (name !== undefined) expect(serverOfAck(bytes(line))).toBe(name);
});

describe('any line', () => {
	test.each<[string, ReturnType<typeof readReply>]>([
		['#c1-7 ACK from Größe', {type: 'ack', id: 'c1-7', serverBytes: bytes('Größe')}],
		['ACK from ACK from', {type: 'ack', id: undefined, serverBytes: 'ACK from'}],
		['#c1-7 NAK from Server 1: busy queue full', {type: 'nak', id: 'c1-7', reason: 'busy queue full'}],
		['NAK from Server 1', {type: 'nak', id: undefined, reason: ''}],
		['PONG from Server 1', {type: 'garbage'}],
		['#c1-7 ack from Server 1', {type: 'garbage'}],
		['HTTP/1.1 400 Bad Request', {type: 'garbage'}],
		['', {type: 'garbage'}],
	])('%j', (line, reply) => {
		expect(readReply(bytes(line))).toEqual(reply);
	});
});

test.each([
	['c1-7', 7],
	['c1-70', 70],
	['c1-', -1],
	['c1-07', -1],
	['c1-7e1', -1],
	['c1--7', -1],
	['c11-7', -1],
	['7', -1],
])('the ID %s is of message %j', (id, sequence) => expect(sequenceOf(id, 'c1-')).toBe(sequence));

test('a reason is known by its first word, and some are final', () => {
	expect(firstWord('too-long 70000 bytes')).toBe('too-long');
	expect(firstWord('x'.repeat(1000))).toHaveLength(32);
	expect(['too-long', 'bad-request', 'busy', 'unavailable', ''].filter(isFinal)).toEqual(['too-long', 'bad-request']);
});
