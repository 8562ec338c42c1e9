import type {Random} from '../../domain/random.ts';
import {createRoster} from '../../domain/roster.ts';
import type {Clock} from '../clock.ts';
import type {Connection, Handlers} from '../transport.ts';
import type {Toxic} from './toxic.ts';
import {type Side, WireConnection} from './wire-connection.ts';

/** A toxic as it is put on a wire. `toxicity`: the share of the connections that it takes hold of, drawn for each. */
type WireToxic = {
	sides: Side[];
	toxicity: number;
	/** True when no connection it is drawn for may be made. */
	refuses: boolean;
	create(): Toxic;
};

/** All connections between the balancer and one server, or between the clients and the balancer. */
export type Wire = {
	/** Wraps a connection. */
	join<Owner>(inner: Connection, handlers: Handlers<Owner>, options: {isPaused: boolean}): WireConnection<Owner>;
	/** Whether a connection that is about to be made is to be refused. */
	refuses(): boolean;
	/** Takes hold of the connections there are and of those to come. */
	add(id: number, toxic: WireToxic): void;
	/** Lets go of all of them: what was kept passes on at once. */
	remove(id: number): void;
	/** Connections that are not over. */
	readonly size: number;
	/** Ends at once what toxics still keep of connections that were left. */
	close(): void;
};

/** A connection as its wire sees it. */
type Held = Pick<WireConnection<unknown>, 'place' | 'add' | 'remove' | 'abandon'>;

export function createWire({clock, random}: {clock: Clock; random: Random}): Wire {
	const connections = createRoster<Held>();
	const toxics = new Map<number, WireToxic>();
	const gone = (connection: object) => void connections.delete(connection as Held);

	const hold = (connection: Held, id: number, {sides, toxicity, create}: WireToxic) => {
		if (random() >= toxicity) return;
		for (const side of sides) connection.add(side, id, create());
	};

	return {
		join: (inner, handlers, {isPaused}) => {
			const connection = new WireConnection({inner, handlers, clock, isPaused, gone});
			connections.add(connection);
			if (toxics.size > 0) for (const [id, toxic] of toxics) hold(connection, id, toxic);
			return connection;
		},
		refuses: () => {
			for (const {refuses, toxicity} of toxics.values()) if (refuses && random() < toxicity) return true;
			return false;
		},
		add: (id, toxic) => {
			toxics.set(id, toxic);
			for (const connection of connections) hold(connection, id, toxic);
		},
		remove: id => {
			toxics.delete(id);
			for (const connection of connections) connection.remove(id);
		},
		get size() {
			return connections.size;
		},
		close: () => {
			toxics.clear();
			for (const connection of connections) connection.abandon();
		},
	};
}
