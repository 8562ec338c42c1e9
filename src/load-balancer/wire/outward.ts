import type {Clock} from '../clock.ts';
import type {Connection} from '../transport.ts';
import {createChain} from './chain.ts';
import type {Cut, Toxic} from './toxic.ts';

/**
 * So many bytes are under way at most, as in a system's buffers: past them a writer is told to wait, and nothing more
 * is read. One write or one read may come on top.
 */
export const windowBytes = 1024 * 1024;

/** What is written to one connection, on its way through toxics. */
export type Outward = {
	/** As {@link Connection.write}; the bytes are copied. */
	write(data: Uint8Array | string, written: (() => void) | undefined): boolean;
	end(ended: (() => void) | undefined): void;
	/** Nobody listens to it any more: it is closed when what was written has left. */
	close(): void;
	onceDrained(listener: () => void): void;
	/** Bytes past the window. */
	readonly unsent: number;
	readonly bytesWritten: number;
	add(id: number, toxic: Toxic): void;
	remove(id: number): void;
	stop(): void;
};

/** `idle` is called when it has no toxics and keeps nothing: then it is needed no more. */
type OutwardParts = {inner: Connection; clock: Clock; cut(how: Cut): void; closed(): void; idle(): void};

export function createOutward({inner, clock, cut, closed, idle}: OutwardParts): Outward {
	let under = inner.writableLength;
	let {bytesWritten} = inner;
	let waiting: (() => void)[] = [];
	let ended: (() => void) | undefined;

	const left = (bytes: number) => {
		under -= bytes;
		if (under <= windowBytes) {
			const told = waiting;
			waiting = [];
			for (const tell of told) tell();
		}
		settle();
	};

	const settle = () => {
		if (under === 0 && chain.isEmpty) idle();
	};

	const chain = createChain({
		clock,
		cut,
		leave: piece => {
			if (piece === 'end') inner.end(ended);
			else if (piece === 'close') finish(inner, closed);
			else inner.write(piece, () => left(piece.length));
		},
	});
	// What the system has not taken yet of what was written before: a write of nothing tells when it has.
	const before = under;
	if (before > 0) inner.write(nothing, () => left(before));

	return {
		write: (data, written) => {
			const bytes = typeof data === 'string' ? Buffer.from(data, 'latin1') : Buffer.from(data);
			under += bytes.length;
			bytesWritten += bytes.length;
			chain.take(bytes);
			if (under <= windowBytes) {
				if (bytes.length === 0) settle();
				written?.();
				return true;
			}
			if (written) waiting.push(written);
			return false;
		},
		end: told => {
			ended = told;
			chain.take('end');
		},
		close: () => chain.take('close'),
		onceDrained: listener => {
			if (under > windowBytes) waiting.push(listener);
			else process.nextTick(listener);
		},
		get unsent() {
			return Math.max(0, under - windowBytes);
		},
		get bytesWritten() {
			return bytesWritten;
		},
		add: chain.add,
		remove: id => {
			chain.remove(id);
			settle();
		},
		stop: () => {
			chain.stop();
			const told = waiting;
			waiting = [];
			for (const tell of told) tell();
		},
	};
}

/** Closes it after everything written, which a mere `destroy` would lose. */
export function finish(inner: Connection, closed: () => void) {
	const close = () => {
		inner.destroy();
		closed();
	};
	if (inner.writableLength === 0) return close();
	inner.resume();
	inner.end(close);
}

const nothing = Buffer.alloc(0);
