/** A trunk: one connection to a server that carries the frames of all clients, one write a turn. */

import {trunkMark, trunkOpening} from '../domain/message.ts';
import {phrase} from '../words/words.ts';
import type {Backend} from './backends.ts';
import type {Frame, Frames} from './frame.ts';
import {createFrameParser} from './frame-parser.ts';
import type {Link, LinkHandlers, LinkOptions} from './link.ts';
import {newline} from './newline.ts';
import {createOutput} from './output.ts';
import type {Reply} from './reply.ts';
import {causeOf} from './transport.ts';

/** Opens a trunk; frames may be sent at once. What `frames` are not this link's are none of the server's business. */
export function openTrunk(backend: Backend, handlers: LinkHandlers, options: LinkOptions & {frames: Frames}): Link {
	const {transport, timeoutMs, frames, onRoom} = options;
	let isOpen = true;
	let abandoned = 0;

	const close = () => {
		if (!isOpen) return;
		isOpen = false;
		backend.connections--;
		connection.destroy();
	};

	const fail = (cause: string) => {
		if (!isOpen) return;
		backend.errors++;
		close();
		handlers.broken(link, backend, cause);
	};

	const parse = createFrameParser((slot, bytes, start, end) => {
		const frame = frames.at(slot);
		if (frame === undefined || frame.link !== link) return phrase('nobody asked under slot {slot}', {slot});
		if (bytes[end - 1] !== newline) return phrase('its last line has no end');
		if (frame.backend !== null) handlers.answered(frame, replyOf(frame, bytes, start, end));
		else {
			frames.free(frame);
			abandoned--;
		}
		return undefined;
	});

	const connection = transport.connect(
		{host: backend.host, port: backend.port, timeoutMs, isFleeting: true},
		{
			received: bytes => {
				if (!isOpen) return;
				const error = parse(bytes);
				if (error !== undefined) fail(error);
			},
			ended: () => fail(phrase('connection closed')),
			failed: error => fail(causeOf(error)),
		},
	);
	connection.write(trunkOpening, 'latin1');
	backend.connections++;
	const output = createOutput(connection, onRoom);
	const link: Link = {
		send: frame => output.put(frame.slot, frame.bytes, frame.start, frame.end),
		flush: output.flush,
		abandon: frame => {
			frames.abandonSlot(frame, link);
			if (++abandoned > maxAbandoned) fail(phrase('{number} messages were never answered', {number: abandoned}));
		},
		close,
	};
	return link;
}

/** A slot whose answer never came cannot be used again on its trunk: past so many a new trunk is cheaper. */
const maxAbandoned = 65_536;

const pongEnd = ` ${trunkMark}\n`;

/** From here on bytes cost less than a text. */
const longBytes = 256;

/** The answer as the client gets it. To a client we do not speak the trunk, so a PONG must not say that we do. */
function replyOf(frame: Frame, bytes: Buffer, start: number, end: number): Reply {
	if (frame.client === null || frame.client.phase === 'gone') return '';
	if (end - start >= longBytes && !frame.isPing) return bytes.subarray(start, end);
	const reply = bytes.toString('latin1', start, end);
	return frame.isPing && reply.endsWith(pongEnd) ? `${reply.slice(0, -pongEnd.length)}\n` : reply;
}
