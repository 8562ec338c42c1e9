import type {Connection} from '../transport.ts';

/** Clients that got a FIN without an answer: what they still say is thrown away, so that no reset overtakes the FIN. */
type Farewells = {
	/** Says FIN, and closes once the client has said its own, or two seconds later. */
	say(client: Connection): void;
	/** The client said its FIN, or broke off. */
	ended(client: Connection): void;
	stop(): void;
};

const lingerMs = 2000;

export function createFarewells(): Farewells {
	const lingering = new Map<Connection, NodeJS.Timeout>();

	const close = (client: Connection) => {
		clearTimeout(lingering.get(client));
		if (lingering.delete(client)) client.destroy();
	};

	return {
		say: client => {
			lingering.set(client, setTimeout(close, lingerMs, client));
			client.end();
			client.resume();
		},
		ended: close,
		stop: () => {
			for (const client of lingering.keys()) close(client);
		},
	};
}
