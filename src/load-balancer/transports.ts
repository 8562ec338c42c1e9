/** Which transport is used: the fast one where it works, the public one everywhere else. */

import {phrase} from '../words/words.ts';
import {loadBindings} from './handle-transport/bindings.ts';
import {createHandleTransport} from './handle-transport/handle-transport.ts';
import {netTransport} from './net-transport.ts';
import {type Connection, causeOf, type Listener, type Transport} from './transport.ts';

/** fast: on Node's own handles. public: on its documented API alone. */
export type TransportName = 'fast' | 'public';

/** `why` says in a few words why it is not the fast one, where that was not asked for. */
type ChosenTransport = {name: TransportName; transport: Transport; why?: string};

/** How long the fast transport may take to show that it works. */
const trialMs = 1000;

/** Turns of the loop it has beyond that: who was suspended, or had no time, is late to hear what has come. */
const trialTurns = 50;

/** Chooses by trying; `auto` falls back to the public transport, `fast` rejects with a message for people instead. */
export async function chooseTransport(wanted: TransportName | 'auto'): Promise<ChosenTransport> {
	if (wanted === 'public') return {name: 'public', transport: netTransport};
	const bindings = loadBindings();
	const transport = typeof bindings === 'string' ? undefined : createHandleTransport(bindings);
	const why = transport ? await tryOut(transport) : String(bindings);
	if (transport && why === undefined) return {name: 'fast', transport};
	if (wanted === 'auto') return {name: 'public', transport: netTransport, why: why!};
	throw new Error(
		phrase('the fast transport does not work here ({why}); choose --transport auto or public', {why: String(why)}),
	);
}

/** Sends a few bytes to and fro, and both ends, on a connection to itself. Gives in a few words what went wrong. */
async function tryOut(transport: Transport): Promise<string | undefined> {
	const said = 'to and fro';
	const opened = new Set<Connection>();
	let listener: Listener | undefined;
	let timer: NodeJS.Timeout | undefined;
	try {
		listener = await transport.listen({host: '127.0.0.1', port: 0, isPaused: true}, toOwner(opened), {
			received: (peer, bytes) => peer.write(bytes),
			ended: peer => peer.end(),
			failed: () => {},
		});
		const {port} = listener;
		return await new Promise(resolve => {
			const giveUp = (turnsLeft: number) => {
				if (turnsLeft === 0) resolve(phrase('nothing came back in its trial'));
				else timer = setTimeout(giveUp, 0, turnsLeft - 1);
			};
			timer = setTimeout(giveUp, trialMs, trialTurns);
			let heard = '';
			const client = transport.connect(
				// The trial's own time is over first.
				{host: '127.0.0.1', port, timeoutMs: trialMs * 10, isFleeting: true},
				{
					received: bytes => {
						heard += bytes.toString('latin1');
						if (heard === said) client.end();
					},
					ended: () => resolve(heard === said ? undefined : phrase('something else came back in its trial')),
					failed: error => resolve(phrase('its trial failed: {why}', {why: causeOf(error)})),
				},
			);
			opened.add(client);
			client.write(said, 'latin1');
		});
	} catch (error) {
		return phrase('its trial failed: {why}', {why: (error as Error).message});
	} finally {
		clearTimeout(timer);
		for (const connection of opened) connection.destroy();
		listener?.close();
	}
}

function toOwner(opened: Set<Connection>) {
	return (connection: Connection) => {
		opened.add(connection);
		connection.resume();
		return connection;
	};
}
