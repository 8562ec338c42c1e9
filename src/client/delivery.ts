/** The words that the client's files share: a message under way, what may go wrong with it, and who is told. */

import type {RetryCause} from '../domain/tick.ts';
import type {KnownServer} from './known-servers.ts';

/** A text made ready once to be sent and logged many times: escaped for the log, its cheapest encoding known. */
export type Message = {text: string; logText: string; encoding: 'latin1' | 'utf8'};

/**
 * `idle`: nothing under way. `connecting`: waits for the connection. `ready`: its line leaves in this turn. `waiting`:
 * for its answer. `backing-off`: between two attempts; on a connection that was kept a late ACK still counts.
 */
type DeliveryState = 'idle' | 'connecting' | 'ready' | 'waiting' | 'backing-off';

/** A message that a client has under way: as many objects as the client's depth, filled anew each time. Times are monotonic ms. */
export type Delivery = {
	/** `client-7` */
	readonly by: string;
	/** Its timer's owner. */
	readonly owner: number;
	/** Among those under way. */
	place: number;
	state: DeliveryState;
	/** 1420 of the client's messages: `c7-1420`. */
	sequence: number;
	id: string;
	message: Message;
	/** When it was due, and when its first attempt began. */
	plannedAt: number;
	startedAt: number;
	/** 1 is the first. */
	attempt: number;
};

/** Why an attempt came to nothing. `detail` is what more is known, a word or empty: a NAK's reason, an error's code. */
export type Setback = {cause: RetryCause; detail: string};

/** What happens to clients and their messages, told as it happens, in the order of each client. */
export type ClientEvents = {
	connected(by: string, ms: number): void;
	disconnected(by: string): void;
	/** An attempt begins, maybe with connecting. */
	began(delivery: Delivery): void;
	/** Its line is about to be written to the socket. */
	sent(delivery: Delivery): void;
	acked(delivery: Delivery, server: KnownServer, at: number): void;
	nakReceived(delivery: Delivery): void;
	retrying(delivery: Delivery, setback: Setback, waitMs: number): void;
	failed(delivery: Delivery, setback: Setback): void;
};

/** Hears everything and does nothing: a listener is this with some functions of its own. */
export const deaf: ClientEvents = {
	connected() {},
	disconnected() {},
	began() {},
	sent() {},
	acked() {},
	nakReceived() {},
	retrying() {},
	failed() {},
};

/** Tells all of them, in their order; who is {@link deaf} costs nothing. */
export function tellAll(all: ClientEvents[]): ClientEvents {
	const listeners = all.filter(listener => listener !== deaf);
	if (listeners.length === 1) return listeners[0]!;
	return {
		connected: (by, ms) => {
			for (const listener of listeners) listener.connected(by, ms);
		},
		disconnected: by => {
			for (const listener of listeners) listener.disconnected(by);
		},
		began: delivery => {
			for (const listener of listeners) listener.began(delivery);
		},
		sent: delivery => {
			for (const listener of listeners) listener.sent(delivery);
		},
		acked: (delivery, server, at) => {
			for (const listener of listeners) listener.acked(delivery, server, at);
		},
		nakReceived: delivery => {
			for (const listener of listeners) listener.nakReceived(delivery);
		},
		retrying: (delivery, setback, waitMs) => {
			for (const listener of listeners) listener.retrying(delivery, setback, waitMs);
		},
		failed: (delivery, setback) => {
			for (const listener of listeners) listener.failed(delivery, setback);
		},
	};
}
