import type {Clock} from '../clock.ts';
import type {Connection} from '../transport.ts';
import {createChain} from './chain.ts';
import {windowBytes} from './outward.ts';
import type {Cut, Piece, Toxic} from './toxic.ts';

/** What is received on one connection, on its way through toxics. */
export type Inward = {
	/** The bytes are copied. */
	take(piece: Piece): void;
	/** The receiver takes nothing until `resume`: what comes out waits. */
	pause(): void;
	resume(): void;
	/** True when it keeps so much that nothing more may be read. */
	readonly isFull: boolean;
	add(id: number, toxic: Toxic): void;
	remove(id: number): void;
	stop(): void;
};

type InwardParts = {
	inner: Connection;
	clock: Clock;
	isPaused: boolean;
	received(bytes: Buffer): void;
	ended(): void;
	cut(how: Cut): void;
	/** It has no toxics and keeps nothing: it is needed no more. */
	idle(): void;
};

export function createInward({inner, clock, received, ended, cut, idle, ...parts}: InwardParts): Inward {
	let {isPaused} = parts;
	let isFull = false;
	let isStopped = false;
	let under = 0;
	/** What has come out while the receiver took nothing. */
	let held: Piece[] = [];
	let isDelivering = false;

	const deliver = () => {
		if (isDelivering) return;
		isDelivering = true;
		let place = 0;
		while (place < held.length && !isPaused && !isStopped) give(held[place++]!);
		held = held.slice(place);
		isDelivering = false;
		settle();
	};

	const give = (piece: Piece) => {
		if (typeof piece === 'string') return ended();
		under -= piece.length;
		received(piece);
	};

	const settle = () => {
		if (isStopped) return;
		if (isFull && under <= windowBytes / 2) {
			isFull = false;
			if (!isPaused) inner.resume();
		}
		if (chain.isEmpty && held.length === 0 && !isDelivering) idle();
	};

	const chain = createChain({
		clock,
		cut,
		leave: piece => {
			held.push(piece);
			deliver();
		},
	});

	return {
		take: piece => {
			if (isStopped) return;
			if (typeof piece === 'string') return chain.take(piece);
			under += piece.length;
			chain.take(Buffer.from(piece));
			if (under <= windowBytes || isFull || isStopped) return;
			isFull = true;
			inner.pause();
		},
		pause: () => {
			isPaused = true;
		},
		resume: () => {
			isPaused = false;
			deliver();
		},
		get isFull() {
			return isFull;
		},
		add: chain.add,
		remove: id => {
			chain.remove(id);
			settle();
		},
		stop: () => {
			isStopped = true;
			chain.stop();
			held = [];
		},
	};
}
