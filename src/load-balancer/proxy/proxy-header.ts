import type {ProxyVersion} from '../../domain/plan.ts';
import {addressBytes, type Endpoints, endpointsOf, type Named} from './endpoints.ts';

/** What begins each header of version 2. */
export const signature = Buffer.from('0d0a0d0a000d0a515549540a', 'hex');

/** Version and command, then family and transport: https://www.haproxy.org/download/2.6/doc/proxy-protocol.txt, 2.2. */
export const versionTwo = 0x20;
/** LOCAL: nobody is spoken for, as in checks. */
export const commands = {LOCAL: 0, PROXY: 1};
/** TCP over IPv4 and IPv6. */
export const families = {TCP4: 0x11, TCP6: 0x21};

/** The header that tells a server where this client comes from; where that is not known, that it is not. */
export function proxyHeader(client: Named, version: ProxyVersion): Buffer {
	const endpoints = endpointsOf(client);
	return endpoints ? formats[version](endpoints) : unknownHeader(version);
}

/** The header of a connection of our own, such as a check: it comes from no client. */
export function unknownHeader(version: ProxyVersion): Buffer {
	return version === 'v1' ? Buffer.from('PROXY UNKNOWN\r\n') : formatTwo(commands.LOCAL, 0, []);
}

const formats: Record<ProxyVersion, (endpoints: Endpoints) => Buffer> = {
	v1: ({family, source, destination, sourcePort, destinationPort}) =>
		Buffer.from(`PROXY ${family} ${source} ${destination} ${sourcePort} ${destinationPort}\r\n`, 'latin1'),
	v2: ({family, source, destination, sourcePort, destinationPort}) =>
		formatTwo(commands.PROXY, families[family], [
			addressBytes(source),
			addressBytes(destination),
			portBytes(sourcePort),
			portBytes(destinationPort),
		]),
};

function formatTwo(command: number, family: number, parts: Buffer[]): Buffer {
	const body = Buffer.concat(parts);
	const head = Buffer.from([versionTwo | command, family, body.length >> 8, body.length & 255]);
	return Buffer.concat([signature, head, body]);
}

function portBytes(port: number): Buffer {
	return Buffer.from([port >> 8, port & 255]);
}
