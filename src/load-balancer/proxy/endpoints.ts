import {isIPv4, isIPv6, SocketAddress} from 'node:net';

/** Where a connection comes from and where it went, as the PROXY protocol has it: two addresses of one family. */
export type Endpoints = {
	family: 'TCP4' | 'TCP6';
	source: string;
	sourcePort: number;
	destination: string;
	destinationPort: number;
};

/** What a connection knows of both its ends. */
export type Named = {
	readonly remoteAddress?: string | undefined;
	readonly remotePort?: number | undefined;
	readonly localAddress?: string | undefined;
	readonly localPort?: number | undefined;
};

/** The ends of a connection, or undefined when one is not known (it may be gone already). */
export function endpointsOf({remoteAddress, remotePort, localAddress, localPort}: Named): Endpoints | undefined {
	if (!remoteAddress || !localAddress || remotePort === undefined || localPort === undefined) return undefined;
	const [source, destination] = [withoutMapping(remoteAddress), withoutMapping(localAddress)];
	const ports = {sourcePort: remotePort, destinationPort: localPort};
	if (isIPv4(source) && isIPv4(destination)) return {family: 'TCP4', source, destination, ...ports};
	return {family: 'TCP6', source: toIpv6(source), destination: toIpv6(destination), ...ports};
}

/** A connection that says it comes from, and went to, these ends from now on. */
export function announce(connection: Named, endpoints: Endpoints) {
	const {source, sourcePort, destination, destinationPort} = endpoints;
	Object.defineProperties(connection, {
		remoteAddress: {value: source},
		remotePort: {value: sourcePort},
		localAddress: {value: destination},
		localPort: {value: destinationPort},
	});
}

/** The bytes of an IPv4 or IPv6 address. */
export function addressBytes(address: string): Buffer {
	if (isIPv4(address)) return Buffer.from(address.split('.').map(Number));
	// Some write the last four bytes as IPv4.
	const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(address);
	const text = tail
		? `${tail[1]}${addressBytes(tail[2]!)
				.toString('hex')
				.replace(/^(....)/, '$1:')}`
		: address;
	const [head, rest] = text.split('::') as [string, string?];
	const groups = (part = '') => part.split(':').filter(Boolean);
	const missing = 8 - groups(head).length - groups(rest).length;
	const all = [...groups(head), ...Array<string>(missing).fill('0'), ...groups(rest)];
	return Buffer.from(all.map(group => group.padStart(4, '0')).join(''), 'hex');
}

/** An address from its 4 or 16 bytes, in its shortest form. */
export function addressFrom(bytes: Buffer): string {
	if (bytes.length === 4) return bytes.join('.');
	const address = bytes.toString('hex').match(/..../g)!.join(':');
	return withoutMapping(new SocketAddress({family: 'ipv6', address}).address);
}

function withoutMapping(address: string): string {
	const bare = address.replace(/^::ffff:/i, '').replace(/%.*$/, '');
	return isIPv4(bare) || isIPv6(bare) ? bare : address;
}

function toIpv6(address: string): string {
	return isIPv4(address) ? `::ffff:${address}` : address;
}
