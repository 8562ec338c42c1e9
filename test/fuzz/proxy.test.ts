import {isIPv4, isIPv6} from 'node:net';
import {expect, test} from 'vitest';
import {addressBytes} from '../../src/load-balancer/proxy/endpoints.ts';
import {type ParsedHeader, parseProxyHeader} from '../../src/load-balancer/proxy/parse-proxy-header.ts';
import {proxyHeader} from '../../src/load-balancer/proxy/proxy-header.ts';
import {type Chance, damage, fuzzTimeoutMs, run, same} from './fuzz.ts';

const addresses = [
	'0.0.0.0',
	'127.0.0.1',
	'255.255.255.255',
	'192.0.2.33',
	'::',
	'::1',
	'2001:db8::1',
	'fe80::1:2:3:4',
	'1.2.3',
];

const named = (chance: Chance) => ({
	...{remoteAddress: chance.pick(addresses), remotePort: chance.below(65_536)},
	...{localAddress: chance.pick(addresses), localPort: chance.below(65_536)},
});

/** The headers that we would send, before they are damaged, and now and then with something behind them. */
const grow = (chance: Chance) => {
	const header = proxyHeader(named(chance), chance.pick(['v1', 'v2']));
	const rest = chance.pick(['', '', 'GET / HTTP/1.1\r\n', '\r\n', '\0\0']);
	return damage(rest === '' ? header : Buffer.concat([header, Buffer.from(rest)]), chance);
};

/** The rule of version 1, split at blanks. */
const one = (line: string): string => {
	const [, family, ...rest] = line.split(' ');
	if (family === 'UNKNOWN') return 'unknown';
	const [source = '', destination = '', ...ports] = rest;
	const isAddress = {TCP4: isIPv4, TCP6: (text: string) => isIPv6(text) && !text.includes('%')}[family ?? ''];
	const isPort = (text: string) => String(Number(text)) === text && /^\d+$/.test(text) && Number(text) < 65_536;
	if (!isAddress?.(source) || !isAddress(destination) || ports.length !== 2 || !ports.every(isPort)) return 'bad';
	return [family, addressBytes(source).toString('hex'), addressBytes(destination).toString('hex'), ...ports].join(' ');
};

/** The rule of version 2, byte by byte. */
const two = (bytes: Buffer): string => {
	const [command, kind] = [bytes[12]!, bytes[13]!];
	if ((command !== 0x20 && command !== 0x21) || kind >> 4 > 3 || (kind & 15) > 2) return 'bad';
	const body = bytes.subarray(16, 16 + bytes.readUInt16BE(14));
	if (bytes.readUInt16BE(14) > 4080) return 'bad';
	const size = {17: 4, 33: 16}[kind];
	if (command === 0x20 || !size) return bytes.length - 16 < bytes.readUInt16BE(14) ? 'more' : 'unknown';
	if (bytes.readUInt16BE(14) < 2 * size + 4) return 'bad';
	if (bytes.length - 16 < bytes.readUInt16BE(14)) return 'more';
	const ports = [body.readUInt16BE(2 * size), body.readUInt16BE(2 * size + 2)];
	const parts = [body.toString('hex', 0, size), body.toString('hex', size, 2 * size), ...ports];
	return [size === 4 ? 'TCP4' : 'TCP6', ...parts].join(' ');
};

const mark = '\r\n\r\n\0\r\nQUIT\n';

const wantedOf = (bytes: Buffer): string => {
	const text = bytes.toString('latin1');
	if (mark.startsWith(text.slice(0, 12))) return text.length < 16 ? 'more' : two(bytes);
	if (!'PROXY '.startsWith(text.slice(0, 6))) return 'bad';
	const end = text.slice(0, 107).indexOf('\r\n');
	if (end < 0) return text.length < 107 ? 'more' : 'bad';
	return one(text.slice(0, end));
};

const foundIn = (parsed: ParsedHeader): string => {
	if (parsed.type !== 'header') return parsed.type;
	if (!parsed.endpoints) return 'unknown';
	const {family, source, sourcePort, destination, destinationPort} = parsed.endpoints;
	const hex = (address: string) => {
		const bytes = addressBytes(address).toString('hex');
		return family === 'TCP6' && bytes.length === 8 ? `00000000000000000000ffff${bytes}` : bytes;
	};
	return [family, hex(source), hex(destination), sourcePort, destinationPort].join(' ');
};

test(
	'a PROXY header is what the rule says, and is known as soon as it is whole',
	() => {
		const tried = run({
			...{count: 200_000, grow},
			check: (bytes, chance) => {
				const parsed = parseProxyHeader(bytes);
				same(foundIn(parsed), wantedOf(bytes), 'what it says');
				const before = parseProxyHeader(bytes.subarray(0, chance.below(bytes.length + 1)));
				if (before.type !== 'more') same(before, parsed, 'what its beginning says');
				if (parsed.type !== 'header') return;
				same(parseProxyHeader(bytes.subarray(0, parsed.length)), parsed, 'what it says alone');
				same(parseProxyHeader(bytes.subarray(0, parsed.length - 1)).type, 'more', 'what it says without its last byte');
			},
		});
		expect(tried).toBeGreaterThan(0);
	},
	fuzzTimeoutMs,
);
