import {expect, test} from 'vitest';
import {formatAddress, parseAddress, parseServerSpec} from '../../src/domain/server-spec.ts';

test.each([
	['127.0.0.1:9001', {host: '127.0.0.1', port: 9001, weight: 1}],
	['localhost:1,name=My server,weight=5', {host: 'localhost', port: 1, name: 'My server', weight: 5}],
	['[::1]:9001,name=A', {host: '::1', port: 9001, name: 'A', weight: 1}],
	['name=A,command=node x.js {port}', {name: 'A', command: 'node x.js {port}', weight: 1}],
	['name=A,command=x --list a,b --port {port},weight=3', {name: 'A', command: 'x --list a,b --port {port}', weight: 3}],
	['command=sleep 1', {command: 'sleep 1', weight: 1}],
])('%s', (text, spec) => expect(parseServerSpec(text)).toEqual(spec));

test.each(['127.0.0.1:9001', 'localhost:1', '[::1]:65535'])('the address %s comes back as it was written', text =>
	expect(formatAddress(parseAddress(text))).toBe(text),
);

test.each([
	['', /neither/],
	['name=A', /neither HOST:PORT nor command/],
	['127.0.0.1:1,maxconn=10000001', /maxconn '10000001' .* 1 to 10000000/],
	['127.0.0.1', /not HOST:PORT/],
	['127.0.0.1:0', /not HOST:PORT/],
	['127.0.0.1:70000', /not HOST:PORT/],
	['127.0.0.1:9001,color=red', /'color' is not one of/],
	['127.0.0.1:9001,weight=-1', /weight '-1'/],
	['127.0.0.1:9001,name=\u001b[2J', /name/],
	['127.0.0.1:9001,command=x', /both/],
	['name=A,command=', /command= is empty/],
	['127.0.0.1:1,name=A,name=B', /says name twice/],
	['127.0.0.1:1,127.0.0.1:2', /says HOST:PORT twice/],
	['127.0.0.1:1,weight=1,weight=2', /says weight twice/],
	['name=A,weight=1,command=x,weight=2', /says weight twice/],
])('%s is refused', (text, why) => expect(() => parseServerSpec(text)).toThrow(why));
