/** One TCP connection of a client, as the few things a client needs of it: opened, a line read, lost. */

import {connect} from 'node:net';
import {maxLineBytes} from '../domain/message.ts';
import type {Setback} from './delivery.ts';
import {createLineReader} from './line-reader.ts';
import {createPlaces, type Places} from './places.ts';

export type Address = {host: string; port: number};

/** What a connection tells its client. */
export type ConnectionListener = {
	onOpen(connection: Connection): void;
	/** A line without its end, one character a byte. */
	onLine(connection: Connection, bytes: string): void;
	/** All lines of one read have been told. */
	onReadEnd(): void;
	/** It is no more, by the other side's doing or the network's. Said once, and never after `close`. */
	onLost(connection: Connection, setback: Setback): void;
};

export type Connection = {
	readonly isOpen: boolean;
	/** It was open once. */
	readonly hasOpened: boolean;
	/** The client's own notes: lines that made no sense. */
	garbage: number;
	/** Since when it owes an answer and has given none, monotonic ms; undefined: it owes none. */
	silentSince: number | undefined;
	/** What was sent, in order, as long as only its place may say what an answer belongs to. */
	readonly places: Places;
	/** Whole lines. */
	write(lines: string, encoding: 'latin1' | 'utf8'): void;
	/** Closes it; nothing is heard of it any more. May be called twice. */
	close(): void;
};

/**
 * One for all connections: on POSIX systems libuv reads into it and calls back before it reads again, and whatever
 * outlives the callback is copied out of it. A buffer per read would cost more than the rest of a message.
 */
const readBuffer = Buffer.allocUnsafeSlow(65_536);

/** Connects. Every outcome, also an immediate one, is told to the listener after this has returned. */
export function openConnection({host, port}: Address, listener: ConnectionListener): Connection {
	let isOpen = false;
	let isOver = false;
	const lines = createLineReader({
		maxBytes: maxLineBytes,
		onLine: bytes => listener.onLine(connection, bytes),
		isOver: () => isOver,
	});
	const lose = (setback: Setback) => {
		if (isOver) return;
		connection.close();
		listener.onLost(connection, setback);
	};
	const onRead = (length: number) => {
		if (!isOver && !lines.read(readBuffer, length)) lose({cause: 'closed', detail: 'line-too-long'});
		listener.onReadEnd();
		return true;
	};
	const socket = connect({host, port, onread: {buffer: readBuffer, callback: onRead}});
	const connection: Connection = {
		get isOpen() {
			return isOpen && !isOver;
		},
		get hasOpened() {
			return isOpen;
		},
		garbage: 0,
		silentSince: undefined,
		places: createPlaces(),
		write: (lines, encoding) => void socket.write(lines, encoding),
		close: () => {
			isOver = true;
			socket.destroy();
		},
	};
	socket.on('connect', () => {
		if (isOver) return;
		isOpen = true;
		listener.onOpen(connection);
	});
	socket.on('end', () => {
		if (!isOver) lines.end();
		listener.onReadEnd();
		lose({cause: 'closed', detail: ''});
	});
	socket.on('error', error => lose(setbackOf(error, isOpen)));
	return connection;
}

/** Before the connection is open every error but a reset or a time-out means: could not connect. `detail` names it. */
function setbackOf(error: NodeJS.ErrnoException, isOpen: boolean): Setback {
	const code = error.code ?? 'UNKNOWN';
	if (code === 'ETIMEDOUT') return {cause: 'timeout', detail: code};
	if (isOpen || code === 'ECONNRESET' || code === 'EPIPE')
		return {cause: 'reset', detail: code === 'ECONNRESET' ? '' : code};
	return {cause: 'refused', detail: code === 'ECONNREFUSED' ? '' : code};
}
