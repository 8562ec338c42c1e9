import type {Socket} from 'node:net';
import {announce} from '../proxy/endpoints.ts';
import {parseProxyHeader} from '../proxy/parse-proxy-header.ts';
import type {Strike} from '../strikes.ts';

type AcceptOptions = {
	timeoutMs: number;
	tell(strike: Strike): void;
	/** The header is read and obeyed; what came after it is still to be read. The socket is paused. */
	entered(): void;
};

/**
 * Reads the header that a connection must begin with. One that has none, a wrong one or none in time is cut off: whoever
 * could leave it out could also make one up, so nothing is guessed.
 */
export function acceptProxyHeader(socket: Socket, {timeoutMs, tell, entered}: AcceptOptions) {
	let held: Buffer = Buffer.alloc(0);

	const refuse = (limit: Strike['limit'], why: string) => {
		leave();
		tell({limit, label: 'Connection', text: `Refused a client without a PROXY header: ${why}`});
		// What is still told of it is of no interest any more.
		socket.on('error', () => {});
		socket.destroy();
	};

	const read = (bytes: Buffer) => {
		held = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
		const parsed = parseProxyHeader(held);
		if (parsed.type === 'more') return;
		if (parsed.type === 'bad') return refuse('accept-proxy', parsed.why);
		leave();
		if (parsed.endpoints) announce(socket, parsed.endpoints);
		if (held.length > parsed.length) socket.unshift(held.subarray(parsed.length));
		entered();
	};

	const timer = setTimeout(() => refuse('proxy-timeout', 'it came too late'), timeoutMs);
	const endedEarly = () => refuse('accept-proxy', 'it ended before');
	const leave = () => {
		clearTimeout(timer);
		socket.pause();
		socket.off('data', read).off('end', endedEarly).off('error', endedEarly);
	};
	socket.on('data', read).on('end', endedEarly).on('error', endedEarly);
	socket.resume();
}
