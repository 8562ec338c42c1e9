import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {addressBytes, addressFrom, type Endpoints, endpointsOf} from '../../../src/load-balancer/proxy/endpoints.ts';
import {
	longestHeader,
	type ParsedHeader,
	parseProxyHeader,
} from '../../../src/load-balancer/proxy/parse-proxy-header.ts';
import {proxyHeader, signature, unknownHeader} from '../../../src/load-balancer/proxy/proxy-header.ts';

const parse = (text: string) => parseProxyHeader(Buffer.from(text, 'latin1'));
const two = (hex: string) => Buffer.concat([signature, Buffer.from(hex.replaceAll(' ', ''), 'hex')]);

const ends = (family: Endpoints['family'], source: string, destination: string): Endpoints => ({
	...{family, source, destination, sourcePort: 56_324, destinationPort: 443},
});
const named = ({source, sourcePort, destination, destinationPort}: Endpoints) => ({
	...{remoteAddress: source, remotePort: sourcePort, localAddress: destination, localPort: destinationPort},
});

const four = ends('TCP4', '192.0.2.33', '198.51.100.1');
const six = ends('TCP6', '2001:db8::1', '2001:db8:0:1::2');

describe('version 1', () => {
	it.each<[string, ParsedHeader]>([
		// The examples of the specification, section 2.1.
		[
			'PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535\r\n',
			{
				...{type: 'header', length: 56},
				endpoints: {
					...{family: 'TCP4', source: '255.255.255.255', destination: '255.255.255.255'},
					...{sourcePort: 65_535, destinationPort: 65_535},
				},
			},
		],
		['PROXY UNKNOWN\r\n', {type: 'header', length: 15}],
		['PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535\r\nGET / HTTP/1.1\r\n', {type: 'header', length: 59}],
		[
			'PROXY TCP4 192.0.2.33 198.51.100.1 56324 443\r\nGET / HTTP/1.1\r\n',
			{type: 'header', length: 46, endpoints: four},
		],
		['PROXY TCP6 2001:db8::1 2001:db8:0:1::2 56324 443\r\n', {type: 'header', length: 50, endpoints: six}],
	])('%j', (text, wanted) => {
		expect(parse(text)).toEqual(wanted);
	});

	it.each([
		'GET / HTTP/1.1\r\n',
		'proxy TCP4 1.2.3.4 1.2.3.4 1 1\r\n',
		'PROXY  TCP4 1.2.3.4 1.2.3.4 1 1\r\n',
		'PROXY TCP4 1.2.3.4 1.2.3.4 1 1 \r\n',
		'PROXY TCP4 1.2.3.4 1.2.3.4 1\r\n',
		'PROXY TCP4 1.2.3.4 1.2.3.4 01 1\r\n',
		'PROXY TCP4 1.2.3.4 1.2.3.4 65536 1\r\n',
		'PROXY TCP4 1.2.3.4 1.2.3.4 -1 1\r\n',
		'PROXY TCP4 1.2.3.256 1.2.3.4 1 1\r\n',
		'PROXY TCP4 ::1 ::1 1 1\r\n',
		'PROXY TCP6 1.2.3.4 1.2.3.4 1 1\r\n',
		'PROXY TCP6 fe80::1%eth0 ::1 1 1\r\n',
		'PROXY UDP4 1.2.3.4 1.2.3.4 1 1\r\n',
		'PROXY UNKNOWNX\r\n',
		'PROXY TCP4 1.2.3.4 1.2.3.4 1 1\n\r\n',
		`PROXY UNKNOWN ${'x'.repeat(92)}\r\n`,
		`PROXY UNKNOWN ${'x'.repeat(200)}`,
	])('refuses %j', text => {
		expect(parse(text).type).toBe('bad');
	});

	it('waits no longer than for 107 bytes', () => {
		expect(parse(`PROXY UNKNOWN ${'x'.repeat(91)}\r\n`)).toEqual({type: 'header', length: 107});
		expect(parse(`PROXY UNKNOWN ${'x'.repeat(92)}`).type).toBe('more');
		expect(parse(`PROXY UNKNOWN ${'x'.repeat(93)}`).type).toBe('bad');
	});
});

describe('version 2', () => {
	const address4 = 'c0000221 c6336401 dc04 01bb';
	it.each<[string, string, ParsedHeader]>([
		['TCP over IPv4', `21 11 000c ${address4}`, {type: 'header', length: 28, endpoints: four}],
		[
			'TCP over IPv6',
			'21 21 0024 20010db8000000000000000000000001 20010db8000000010000000000000002 dc04 01bb',
			{type: 'header', length: 52, endpoints: six},
		],
		['extensions, skipped', `21 11 0013 ${address4} 04 0004 00000000`, {type: 'header', length: 35, endpoints: four}],
		['LOCAL', '20 00 0000', {type: 'header', length: 16}],
		['LOCAL with addresses, not obeyed', `20 11 000c ${address4}`, {type: 'header', length: 28}],
		['unspecified, the length skipped', '21 00 0003 010203', {type: 'header', length: 19}],
		['UDP, of which we know nothing', `21 12 000c ${address4}`, {type: 'header', length: 28}],
		['a unix socket', `21 31 0002 0000`, {type: 'header', length: 18}],
		['the beginning alone', '21 11', {type: 'more'}],
		['cut off in its addresses', '21 11 000c c0000221', {type: 'more'}],
	])('%s', (_, hex, wanted) => {
		expect(parseProxyHeader(two(hex))).toEqual(wanted);
	});

	it.each([
		['version 1 in bytes', `11 11 000c ${address4}`],
		['version 3', `31 11 000c ${address4}`],
		['an unknown command', `22 11 000c ${address4}`],
		['an unknown family', `21 41 000c ${address4}`],
		['an unknown transport', `21 13 000c ${address4}`],
		['addresses that do not fit', '21 11 000b c0000221 c6336401 dc0401'],
		['more extensions than anyone sends', `21 11 ${(longestHeader - 15).toString(16).padStart(4, '0')}`],
	])('refuses %s', (_, hex) => {
		expect(parseProxyHeader(two(hex)).type).toBe('bad');
	});

	it('refuses another signature at its first wrong byte', () => {
		expect(parseProxyHeader(Buffer.from('\r\n\r\n\0\r\nQUIX')).type).toBe('bad');
		expect(parseProxyHeader(Buffer.from('\r\n\r\n\0\r\nQUI')).type).toBe('more');
	});
});

describe('both ways', () => {
	const port = fc.integer({min: 0, max: 65_535});
	const endpoints = fc
		.oneof(
			fc.record({family: fc.constant('TCP4' as const), source: fc.ipV4(), destination: fc.ipV4()}),
			fc.record({family: fc.constant('TCP6' as const), source: fc.ipV6(), destination: fc.ipV6()}),
		)
		.chain(addresses => fc.record({sourcePort: port, destinationPort: port}).map(ports => ({...addresses, ...ports})));

	/** An address in its one canonical form. */
	const canonical = (address: string) => addressFrom(addressBytes(address));

	it.each(['v1', 'v2'] as const)('%s: what is formatted is parsed again, with anything behind it', version => {
		fc.assert(
			fc.property(endpoints, fc.uint8Array({maxLength: 40}), (wanted, rest) => {
				const header = proxyHeader(named(wanted), version);
				const parsed = parseProxyHeader(Buffer.concat([header, rest]));
				expect(parsed).toMatchObject({type: 'header', length: header.length});
				const found = (parsed as {endpoints: Endpoints}).endpoints;
				expect([found.source, found.destination].map(canonical)).toEqual(
					[wanted.source, wanted.destination].map(canonical),
				);
				expect([found.sourcePort, found.destinationPort]).toEqual([wanted.sourcePort, wanted.destinationPort]);
			}),
		);
	});

	it('says so when the ends are not known', () => {
		expect(String(proxyHeader({}, 'v1'))).toBe('PROXY UNKNOWN\r\n');
		expect(parseProxyHeader(proxyHeader({}, 'v2'))).toEqual({type: 'header', length: 16});
		expect(parseProxyHeader(unknownHeader('v1'))).toEqual({type: 'header', length: 15});
	});

	it('takes IPv4 within IPv6 for what it is, and mixes no families', () => {
		const mapped = {
			remoteAddress: '::ffff:192.0.2.33',
			remotePort: 56_324,
			localAddress: '198.51.100.1',
			localPort: 443,
		};
		expect(endpointsOf(mapped)).toEqual(four);
		expect(endpointsOf({...mapped, localAddress: '2001:db8::1'})).toMatchObject({
			...{family: 'TCP6', source: '::ffff:192.0.2.33', destination: '2001:db8::1'},
		});
		expect(addressBytes('::ffff:192.0.2.33').toString('hex')).toBe('00000000000000000000ffffc0000221');
	});
});
