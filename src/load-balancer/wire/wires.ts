/**
 * Toxics between the balancer and each server, and between the clients and the balancer, put there and taken away while
 * bytes move; after toxiproxy, without a proxy of its own.
 */

import type {Direction} from '../../domain/faults/wire-faults.ts';
import type {Random} from '../../domain/random.ts';
import type {Clock} from '../clock.ts';
import type {Transport} from '../transport.ts';
import {refusedConnection} from './refused-connection.ts';
import type {CreateToxic} from './toxic.ts';
import {toxics, type WireFault} from './toxics/index.ts';
import {createWire, type Wire} from './wire.ts';
import type {Side, WireConnection} from './wire-connection.ts';

type Wires = {
	/** The same transport, each connection of which is on a wire. */
	transport: Transport;
	/** Puts a fault on the wire to this server, or on the clients' when none is named. */
	add(id: number, fault: WireFault, server?: string): void;
	/** Takes it off. False when there is none of this id. */
	remove(id: number): boolean;
	/** Connections that are not over. */
	readonly size: number;
	close(): void;
};

type WiresParts = {
	transport: Transport;
	clock: Clock;
	random: Random;
	/** Whose address this is. */
	serverAt(host: string, port: number): string | undefined;
};

export function createWires({transport, clock, random, serverAt}: WiresParts): Wires {
	const clients = createWire({clock, random});
	const servers = new Map<string, Wire>();
	const faults = new Map<number, Wire>();

	const wireTo = (server: string): Wire => {
		const known = servers.get(server);
		if (known) return known;
		const wire = createWire({clock, random});
		servers.set(server, wire);
		return wire;
	};

	return {
		transport: {
			listen: (options, accepted, handlers) =>
				transport.listen<WireConnection<ReturnType<typeof accepted>> | undefined>(
					options,
					inner => {
						if (clients.refuses()) return void inner.resetAndDestroy();
						const connection = clients.join(inner, handlers, options);
						connection.owner = accepted(connection);
						return connection;
					},
					{
						received: (connection, bytes) => connection?.received(bytes),
						ended: connection => connection?.ended(),
						failed: (connection, error) => connection?.failed(error),
					},
				),
			connect: (options, handlers) => {
				const server = serverAt(options.host, options.port);
				if (server === undefined) return transport.connect(options, handlers);
				const wire = wireTo(server);
				if (wire.refuses()) return refusedConnection(handlers);
				const inner = transport.connect(options, {
					connected: () => handlers.connected?.(),
					received: bytes => connection.received(bytes),
					ended: () => connection.ended(),
					failed: error => connection.failed(error),
				});
				const connection = wire.join(
					inner,
					{
						received: (_, bytes) => handlers.received(bytes),
						ended: () => handlers.ended(),
						failed: (_, error) => handlers.failed(error),
					},
					{isPaused: false},
				);
				return connection;
			},
		},
		add: (id, fault, server) => {
			const wire = server === undefined ? clients : wireTo(server);
			const {direction = 'both', toxicity = 1} = fault.parameters as {direction?: Direction; toxicity?: number};
			const create = toxics[fault.kind] as CreateToxic<unknown>;
			faults.set(id, wire);
			wire.add(id, {
				toxicity,
				sides: sidesOf(direction, {isOfClients: server === undefined, hasDirection: 'direction' in fault.parameters}),
				refuses: fault.kind === 'down',
				create: () => create(fault.parameters, random),
			});
		},
		remove: id => {
			faults.get(id)?.remove(id);
			return faults.delete(id);
		},
		get size() {
			return [...servers.values()].reduce((sum, {size}) => sum + size, clients.size);
		},
		close: () => {
			for (const wire of [clients, ...servers.values()]) wire.close();
		},
	};
}

/** Upstream is from the clients to the servers. What has no direction is told once. */
function sidesOf(direction: Direction, wire: {isOfClients: boolean; hasDirection: boolean}): Side[] {
	if (!wire.hasDirection) return ['outward'];
	const upstream: Side = wire.isOfClients ? 'inward' : 'outward';
	const downstream: Side = wire.isOfClients ? 'outward' : 'inward';
	return direction === 'both' ? [upstream, downstream] : [direction === 'upstream' ? upstream : downstream];
}
