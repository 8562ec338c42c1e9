/** When a program is ready, and where one can be: questions to TCP addresses. */

import {createConnection, createServer} from 'node:net';
import {setTimeout as wait} from 'node:timers/promises';

const askEveryMs = 50;

/** Settles true when the address accepts a TCP connection, false when the signal ends the asking first. */
export async function whenAccepting({host, port}: {host: string; port: number}, signal: AbortSignal): Promise<boolean> {
	while (!signal.aborted) {
		if (await accepts({host, port})) return !signal.aborted;
		await wait(askEveryMs);
	}
	return false;
}

/** Whether the address accepts a TCP connection now. */
export function accepts({host, port}: {host: string; port: number}): Promise<boolean> {
	return new Promise(resolve => {
		const socket = createConnection({host, port, timeout: 1000});
		const answer = (yes: boolean) => {
			socket.destroy();
			resolve(yes);
		};
		socket.on('connect', () => answer(true));
		socket.on('timeout', () => answer(false));
		socket.on('error', () => answer(false));
	});
}

/**
 * True when nothing listens on the address yet. Another program may still take it before we do. Rejects where nobody
 * could listen: the address is another machine's, or the port is not ours to have.
 */
export function isFree(host: string, port: number): Promise<boolean> {
	return new Promise((resolve, reject) => {
		const probe = createServer();
		probe.on('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(false) : reject(error)));
		probe.listen({host, port, exclusive: true}, () => probe.close(() => resolve(true)));
	});
}

/** The first free port at or after `from`, none of `taken`; undefined when a hundred in a row are not. Rejects as above. */
export async function freePort(host: string, from: number, taken: Set<number>): Promise<number | undefined> {
	for (let port = from; port < Math.min(from + 100, 65_536); port++)
		if (!taken.has(port) && (await isFree(host, port))) return port;
	return undefined;
}
