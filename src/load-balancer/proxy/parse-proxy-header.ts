/** The PROXY protocol's header as it comes from whoever connects: both versions, strictly, as its specification asks. */

import {isIPv4, isIPv6} from 'node:net';
import {addressFrom, type Endpoints} from './endpoints.ts';
import {commands, families, signature, versionTwo} from './proxy-header.ts';

/**
 * more: this may become a header · bad: it cannot, `why` says it in a few words · header: its first `length` bytes are
 * one. Without `endpoints` the connection's own ends stand: its sender speaks for itself, or of nothing that we know.
 */
export type ParsedHeader =
	| {type: 'more'}
	| {type: 'bad'; why: string}
	| {type: 'header'; length: number; endpoints?: Endpoints};

/** The longest line of version 1, its end included. */
const longestLine = 107;

/** The longest header of version 2 that is taken: its addresses, and as many extensions as anyone sends. */
export const longestHeader = 4096;

const headBytes = 16;

/** Parses what has come so far, from its first byte on. */
export function parseProxyHeader(bytes: Buffer): ParsedHeader {
	if (isBeginning(bytes, signature)) return bytes.length < headBytes ? more : parseTwo(bytes);
	if (isBeginning(bytes, lineStart)) return parseOne(bytes);
	return bad('no PROXY header came first');
}

function parseOne(bytes: Buffer): ParsedHeader {
	const end = bytes.subarray(0, longestLine).indexOf('\r\n');
	if (end < 0) return bytes.length >= longestLine ? bad('its line has no end') : more;
	const length = end + 2;
	const line = bytes.toString('latin1', 0, end);
	if (/^PROXY UNKNOWN( |$)/.test(line)) return {type: 'header', length};
	const match = /^PROXY (TCP[46]) (\S+) (\S+) (\d+) (\d+)$/.exec(line);
	if (!match) return bad('its line is none of PROXY TCP4, TCP6 or UNKNOWN');
	const family = match[1] as Endpoints['family'];
	const [source, destination] = [match[2]!, match[3]!];
	const [sourcePort, destinationPort] = [portOf(match[4]!), portOf(match[5]!)];
	const isAddress = family === 'TCP4' ? isIPv4 : isBareIpv6;
	if (!isAddress(source) || !isAddress(destination)) return bad('an address is none');
	if (sourcePort === undefined || destinationPort === undefined) return bad('a port is none');
	return {type: 'header', length, endpoints: {family, source, sourcePort, destination, destinationPort}};
}

function parseTwo(bytes: Buffer): ParsedHeader {
	const [version, command] = [bytes[12]! & 0xf0, bytes[12]! & 0x0f];
	const [family, transport] = [bytes[13]! >> 4, bytes[13]! & 0x0f];
	const bodyBytes = bytes.readUInt16BE(14);
	const length = headBytes + bodyBytes;
	if (version !== versionTwo) return bad('its version is not 2');
	if (command !== commands.LOCAL && command !== commands.PROXY) return bad('its command is none');
	if (family > 3 || transport > 2) return bad('its family is none');
	if (length > longestHeader) return bad('it is too long');
	const addressLength = addressLengths[bytes[13]!];
	const hasEndpoints = command === commands.PROXY && addressLength !== undefined;
	if (hasEndpoints && bodyBytes < 2 * addressLength + 4) return bad('its addresses are cut off');
	if (bytes.length < length) return more;
	// What follows the addresses are extensions: what they say is of no use here.
	return hasEndpoints
		? {type: 'header', length, endpoints: endpointsAt(bytes, addressLength)}
		: {type: 'header', length};
}

const addressLengths: Record<number, number> = {[families.TCP4]: 4, [families.TCP6]: 16};

function endpointsAt(bytes: Buffer, addressLength: number): Endpoints {
	const at = (place: number) => headBytes + place * addressLength;
	return {
		family: addressLength === 4 ? 'TCP4' : 'TCP6',
		source: addressFrom(bytes.subarray(at(0), at(1))),
		destination: addressFrom(bytes.subarray(at(1), at(2))),
		sourcePort: bytes.readUInt16BE(at(2)),
		destinationPort: bytes.readUInt16BE(at(2) + 2),
	};
}

const lineStart = Buffer.from('PROXY ');
const more = {type: 'more'} as const;

function bad(why: string): ParsedHeader {
	return {type: 'bad', why};
}

/** True when the bytes begin as the whole does, as far as they go. */
function isBeginning(bytes: Buffer, whole: Buffer): boolean {
	const length = Math.min(bytes.length, whole.length);
	return bytes.compare(whole, 0, length, 0, length) === 0;
}

function isBareIpv6(text: string): boolean {
	return isIPv6(text) && !text.includes('%');
}

function portOf(text: string): number | undefined {
	const port = Number(text);
	return /^(0|[1-9]\d{0,4})$/.test(text) && port <= 65_535 ? port : undefined;
}
