import {parseReply} from '../domain/message.ts';
import {phrase} from '../words/words.ts';
import type {Backend} from './backends.ts';
import type {Frame} from './frame.ts';
import {hold, release} from './long-reads.ts';
import {type Connection, causeOf, isOurFault, type Transport} from './transport.ts';

/** A connection to a server that does not speak the trunk: one message at a time, answered by one line. */
export type PlainConnection = {
	/** What it carries. */
	frame: Frame | null;
	/** Answers it has brought. */
	served: number;
	send(): void;
	close(): void;
};

/** What becomes of it. After `ended` and after its own `close` nothing more is told. */
export type PlainHandlers = {
	/** `frame` is answered by this line, which may bear its ID or not; the connection has none. */
	answered(connection: PlainConnection, frame: Frame, reply: string): void;
	/**
	 * The connection is gone, with or without a frame on it. `why.isOurs`: it could not be made for want of something
	 * here. `why.cause` is empty when it ended in good order.
	 */
	ended(connection: PlainConnection, why: {cause: string; isOurs: boolean}): void;
};

const maxReplyBytes = 66 * 1024;

/** Opens one. What it sends may be given to it before it is connected. */
export function openPlainConnection(
	backend: Backend,
	{transport, timeoutMs, handlers}: {transport: Transport; timeoutMs: number; handlers: PlainHandlers},
): PlainConnection {
	let isOpen = true;
	let reply = '';

	const close = () => {
		if (!isOpen) return;
		isOpen = false;
		backend.connections--;
		connection.destroy();
	};

	const end = (cause: string, isOurs = false) => {
		if (!isOpen) return;
		close();
		handlers.ended(plain, {cause, isOurs});
	};

	const answer = (line: string) => {
		const frame = plain.frame!;
		plain.frame = null;
		plain.served++;
		reply = '';
		handlers.answered(plain, frame, line);
	};

	const received = (bytes: Buffer) => {
		if (!isOpen) return;
		if (plain.frame === null) return end(phrase('it spoke unasked'));
		reply += bytes.toString('latin1');
		const lineEnd = reply.indexOf('\n') + 1;
		if (lineEnd === 0 && reply.length > maxReplyBytes) return end(phrase('its answer is too long'));
		if (lineEnd === 0) return;
		const isMore = lineEnd < reply.length;
		answer(reply.slice(0, lineEnd));
		if (isMore) end(phrase('it said more than it was asked'));
	};

	const connection: Connection = transport.connect(
		{host: backend.host, port: backend.port, timeoutMs, isFleeting: true},
		{
			received,
			ended: () => {
				// A last line that is ended by FIN counts, when it is a reply at all.
				if (isOpen && plain.frame !== null && parseReply(reply)) answer(`${reply}\n`);
				end('');
			},
			failed: error => end(causeOf(error), isOurFault(error)),
		},
	);
	backend.connections++;
	const plain: PlainConnection = {
		frame: null,
		served: 0,
		send: () => {
			const {bytes, start, end: stop} = plain.frame!;
			hold(bytes);
			connection.write(bytes.subarray(start, stop), () => release(bytes));
		},
		close,
	};
	return plain;
}
