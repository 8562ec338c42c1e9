/** The servers that ACKs have named, each with its count and its latencies. A stranger's names are bounded. */

import {createLatency, type Latency} from '../domain/latency.ts';
import {escapeLogText} from '../log/log-line.ts';

/** A server by the name in its ACKs, and what came of it. */
export type KnownServer = {
	readonly name: string;
	/** `ACK from NAME`, ready for the log. */
	readonly ackLogText: string;
	acked: number;
	/** From the planned time of sending, of what came since the last tick with latencies. */
	readonly latency: Latency;
};

/** Those that have answered. */
export type KnownServers = {
	/** The server of that name, given one character a byte as it was read. */
	named(bytes: string): KnownServer;
	all(): Iterable<KnownServer>;
};

/** As many servers as a lab can have; what answers under further names is counted as {@link others}. */
const mostServers = 64;
const others = 'others';
const longestNameBytes = 128;

/** Nobody has answered yet. */
export function createKnownServers(): KnownServers {
	const servers = new Map<string, KnownServer>();
	const add = (bytes: string) => {
		const name = Buffer.from(bytes, 'latin1').toString('utf8');
		const server = {name, ackLogText: escapeLogText(`ACK from ${name}`), acked: 0, latency: createLatency()};
		servers.set(bytes, server);
		return server;
	};
	return {
		named: bytes => {
			const known = servers.get(bytes);
			if (known) return known;
			const short = bytes.slice(0, longestNameBytes);
			const key = servers.size < mostServers ? short : others;
			return servers.get(short) ?? servers.get(key) ?? add(key);
		},
		all: () => servers.values(),
	};
}
