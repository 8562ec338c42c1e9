/**
 * How the balancer reaches TCP: the least it needs, so that different transports can take each other's place
 * (`transports.ts`). What is read belongs to the receiver, where nothing else is said.
 */

import {formatAddress} from '../domain/server-spec.ts';
import {codeWords} from '../domain/system-error.ts';
import {phrase} from '../words/words.ts';

/** One TCP connection, in the words of Node's sockets. A text is written as latin1: one character, one byte. */
export type Connection = {
	/** Nothing more is read until `resume`. */
	pause(): unknown;
	resume(): unknown;
	setNoDelay(on: boolean): unknown;
	/** Closes it now. Of what was written here, that which the system has not taken yet is lost. */
	destroy(): unknown;
	/** The same by a reset instead of a FIN. */
	resetAndDestroy(): unknown;
	readonly remoteAddress?: string | undefined;
	readonly remotePort?: number | undefined;
	readonly localAddress?: string | undefined;
	readonly localPort?: number | undefined;
	/**
	 * `written` is called when the system has taken these bytes, or never will; until then a buffer must not be changed.
	 * It may be called before `write` returns. Gives false when the system has not taken all and `drain` will come.
	 */
	write(bytes: Uint8Array, written?: () => void): unknown;
	write(text: string, encoding: 'latin1', written?: () => void): unknown;
	/** What is written from now on leaves together, at `uncork`, with one call to the system. */
	cork(): unknown;
	uncork(): unknown;
	/** All bytes written here. */
	readonly bytesWritten: number;
	/** Those of them that the system has not taken yet. */
	readonly writableLength: number;
	/** After more was written than could be taken: all of it has been. */
	once(event: 'drain', listener: () => void): unknown;
	/** FIN after everything written. `ended` is called when it has left, or never will. */
	end(ended?: () => void): unknown;
};

/** What happens on accepted connections; `owner` is what stands for one. A FIN may still be told after `destroy`. */
export type Handlers<Owner> = {
	received(owner: Owner, bytes: Buffer): void;
	/** FIN: the peer says nothing more, and may still listen. */
	ended(owner: Owner): void;
	/** Reset or otherwise broken: the connection is gone. */
	failed(owner: Owner, error: NodeJS.ErrnoException): void;
};

/** The same for a connection that was made. `failed` is also refused or timed out. */
export type ConnectHandlers = {
	connected?(): void;
	received(bytes: Buffer): void;
	ended(): void;
	failed(error: NodeJS.ErrnoException): void;
};

/** What is read at once where `readsShort` is set: all that is kept of a peer while the other one takes nothing. */
export const shortReadBytes = 64 * 1024;

/** `isPaused`: accepted connections are not read from until `resume`. */
type ListenOptions = {host: string; port: number; isPaused: boolean; readsShort?: true};

/** `isFleeting`: what is received is only there while `received` runs. Cheaper, where nothing is kept of it. */
export type ConnectOptions = {host: string; port: number; timeoutMs: number; isFleeting: boolean; readsShort?: true};

/** `close` stops accepting and leaves accepted connections alone. */
export type Listener = {port: number; close(): void};

/** TCP as the balancer needs it; `net-transport` and `handle-transport` are the two there are. */
export type Transport = {
	/** Rejects with a message for people when it cannot listen there. */
	listen<Owner>(
		options: ListenOptions,
		accepted: (connection: Connection) => Owner,
		handlers: Handlers<Owner>,
	): Promise<Listener>;
	/** What is written before it is connected leaves then. */
	connect(options: ConnectOptions, handlers: ConnectHandlers): Connection;
};

/** Where a client comes from, `address:port`. */
export function sourceOf({remoteAddress = '', remotePort = 0}: Connection): string {
	return formatAddress({host: remoteAddress, port: remotePort});
}

/** Why a connection failed, in a few words. */
export function causeOf(error: NodeJS.ErrnoException): string {
	const {code, message} = error;
	return code === undefined ? message : (causes[code] ?? codeWords(code));
}

const causes: Record<string, string> = {
	ECONNREFUSED: phrase('connection refused'),
	ECONNRESET: phrase('connection reset'),
	EPIPE: phrase('connection closed'),
	ETIMEDOUT: phrase('connection timed out'),
	EHOSTUNREACH: phrase('host unreachable'),
	ENETUNREACH: phrase('network unreachable'),
	ENOTFOUND: phrase('name not found'),
	EAI_AGAIN: phrase('name not found for now'),
};

/** True when a connection could not be made for want of something on our own side: it says nothing of the server. */
export function isOurFault(error: NodeJS.ErrnoException): boolean {
	return ourFaults.has(error.code ?? '');
}

const ourFaults = new Set(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EADDRNOTAVAIL', 'EAGAIN']);
