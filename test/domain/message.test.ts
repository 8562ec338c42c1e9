import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {formatAck, formatNak, formatRequest, parseReply, parseRequest} from '../../src/domain/message.ts';

const id = fc.array(fc.constantFrom(...'azAZ09._:-'), {minLength: 1, maxLength: 64}).map(each => each.join(''));
const name = fc.constantFrom('Server 1', 'a', 'Sérvér 日', 'x.y_z-1', 'from ACK', '12');

describe('a request', () => {
	it.each([
		['HAI IDO', {text: 'HAI IDO'}],
		['', {text: ''}],
		['#c1-17 HAI IDO', {id: 'c1-17', text: 'HAI IDO'}],
		['#c1-17', {id: 'c1-17', text: ''}],
		['#c1-17 ', {id: 'c1-17', text: ''}],
		['#a  two blanks', {id: 'a', text: ' two blanks'}],
		['#', {text: '#'}],
		['# x', {text: '# x'}],
		['#a/b x', {text: '#a/b x'}],
		['#a\tx', {text: '#a\tx'}],
		['#é x', {text: '#é x'}],
		[' #a x', {text: ' #a x'}],
		[`#${'i'.repeat(64)} x`, {id: 'i'.repeat(64), text: 'x'}],
		[`#${'i'.repeat(65)} x`, {text: `#${'i'.repeat(65)} x`}],
	])('%j', (line, request) => expect(parseRequest(line)).toEqual(request));

	it('law: what is formatted parses into what was formatted', () => {
		fc.assert(
			fc.property(id, fc.string({unit: 'binary'}), (id, text) => {
				expect(parseRequest(formatRequest(id, text))).toEqual({id, text});
			}),
		);
	});
});

describe('a reply', () => {
	it.each([
		['ACK from Server 1', {kind: 'ACK', from: 'Server 1'}],
		['#c1-17 ACK from Server 1', {id: 'c1-17', kind: 'ACK', from: 'Server 1'}],
		['PONG from Server 1 trunk/1', {kind: 'PONG', from: 'Server 1 trunk/1'}],
		['NAK from Server 1: busy', {kind: 'NAK', from: 'Server 1', reason: 'busy'}],
		[
			'#a NAK from balancer: unavailable no server is up',
			{id: 'a', kind: 'NAK', from: 'balancer', reason: 'unavailable no server is up'},
		],
		['NAK from Server 1', {kind: 'NAK', from: 'Server 1'}],
	])('%j', (line, reply) => expect(parseReply(line)).toEqual(reply));

	it.each(['', 'ACK', 'ACK from ', 'ack from Server 1', 'OK', '#c1-17', '# ACK from Server 1', ' ACK from Server 1'])(
		'is not %j',
		line => expect(parseReply(line)).toBeUndefined(),
	);

	it('law: what is formatted parses into what was formatted', () => {
		fc.assert(
			fc.property(name, fc.option(id, {nil: undefined}), fc.constantFrom('busy', 'unavailable'), (from, id, reason) => {
				const base = id === undefined ? {from} : {id, from};
				expect(parseReply(formatAck(from, id))).toEqual({...base, kind: 'ACK'});
				expect(parseReply(formatNak(from, reason, id))).toEqual({...base, kind: 'NAK', reason});
				expect(parseReply(formatNak(from, reason, id, 'for now'))?.reason).toBe(`${reason} for now`);
			}),
		);
	});

	it('law: no line at all breaks the parser', () => {
		fc.assert(
			fc.property(fc.string({unit: 'binary'}), text => {
				parseReply(text);
				expect(parseReply(`ACK from x${text}`)?.kind).toBe('ACK');
			}),
		);
	});
});
