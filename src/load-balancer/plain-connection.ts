import {parseReply} from '../domain/message.ts';
import type {Backend} from './backends.ts';
import type {Frame} from './frame.ts';
import {maxAnswerBytes} from './frame-parser.ts';
import {countLines, newline} from './newline.ts';
import {type Connection, causeOf, isOurFault, type Transport} from './transport.ts';

/**
 * A connection to a server that does not speak the trunk: one frame at a time, answered by as many lines as it has. A
 * frame of many lines is a run: each bears an ID, and the server echoes IDs.
 */
export type PlainConnection = {
	/** What it carries. */
	frame: Frame | null;
	/** Answers it has brought. */
	served: number;
	/** When it got the run it carries, in ms. */
	loadedAt: number;
	send(): void;
	close(): void;
};

/** What becomes of it. After `ended` and after its own `close` nothing more is told. */
export type PlainHandlers = {
	/** `frame` is answered by this line, which may bear its ID or not, or by a run's lines; the connection has none. */
	answered(connection: PlainConnection, frame: Frame, reply: string): void;
	/**
	 * The connection is gone, with or without a frame on it. `why.isUnfit`: a run was not answered as a run. `why.isOurs`: it could not be made for want of something
	 * here. `why.cause` is empty when it ended in good order.
	 */
	ended(connection: PlainConnection, why: {cause: string; isOurs: boolean; isUnfit: boolean}): void;
};

const maxReplyBytes = 66 * 1024;
const hash = 35;

/** Opens one. What it sends may be given to it before it is connected. */
export function openPlainConnection(
	backend: Backend,
	{transport, timeoutMs, handlers}: {transport: Transport; timeoutMs: number; handlers: PlainHandlers},
): PlainConnection {
	let isOpen = true;
	let reply = '';
	/** What has come of a run's answer. */
	let lines = 0;
	let tagged = 0;

	const close = () => {
		if (!isOpen) return;
		isOpen = false;
		backend.connections--;
		connection.destroy();
	};

	const end = (cause: string, {isOurs = false, isUnfit = false} = {}) => {
		if (!isOpen) return;
		close();
		handlers.ended(plain, {cause, isOurs, isUnfit});
	};

	const answer = (line: string) => {
		const frame = plain.frame!;
		plain.frame = null;
		plain.served++;
		reply = '';
		lines = 0;
		tagged = 0;
		handlers.answered(plain, frame, line);
	};

	const received = (bytes: Buffer) => {
		if (!isOpen) return;
		if (plain.frame === null) return end('it spoke unasked');
		if (plain.frame.messages > 1) return receivedOfRun(bytes, plain.frame.messages);
		reply += bytes.toString('latin1');
		const lineEnd = reply.indexOf('\n') + 1;
		if (lineEnd === 0 && reply.length > maxReplyBytes) return end('its answer is too long');
		if (lineEnd === 0) return;
		const isMore = lineEnd < reply.length;
		answer(reply.slice(0, lineEnd));
		if (isMore) end('it said more than it was asked');
	};

	const receivedOfRun = (bytes: Buffer, wanted: number) => {
		const isWithin = reply !== '' && !reply.endsWith('\n');
		const counted = countLines(bytes, 0, bytes.length);
		lines += counted.total;
		tagged += counted.tagged() - (isWithin && bytes[0] === hash ? 1 : 0);
		reply += bytes.toString('latin1');
		if (reply.length > maxAnswerBytes) return end('its answer is too long');
		if (lines < wanted) return;
		const isOver = lines === wanted && bytes[bytes.length - 1] === newline;
		if (!isOver || tagged !== wanted) return end('', {isUnfit: true});
		answer(reply);
	};

	const connection: Connection = transport.connect(
		{host: backend.host, port: backend.port, timeoutMs, isFleeting: true},
		{
			received,
			ended: () => {
				// A last line that is ended by FIN counts, when it is a reply at all.
				const isRun = plain.frame !== null && plain.frame.messages > 1;
				if (isOpen && plain.frame !== null && !isRun && parseReply(reply)) answer(`${reply}\n`);
				end('', {isUnfit: isRun});
			},
			failed: error => end(causeOf(error), {isOurs: isOurFault(error)}),
		},
	);
	backend.connections++;
	const plain: PlainConnection = {
		frame: null,
		served: 0,
		loadedAt: 0,
		send: () => {
			const {bytes, start, end: stop} = plain.frame!;
			connection.write(bytes.subarray(start, stop));
		},
		close,
	};
	return plain;
}
