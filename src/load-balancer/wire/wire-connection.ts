import type {Clock} from '../clock.ts';
import type {Connection, Handlers} from '../transport.ts';
import {createInward, type Inward} from './inward.ts';
import {createOutward, finish, type Outward} from './outward.ts';
import type {Cut, Toxic} from './toxic.ts';
import {WireEnds} from './wire-ends.ts';

/** As seen from here: `outward` what is written, `inward` what is received. */
export type Side = 'outward' | 'inward';

type WireConnectionParts<Owner> = {
	inner: Connection;
	handlers: Handlers<Owner>;
	clock: Clock;
	isPaused: boolean;
	/** It is gone, or nothing is to be told of it any more. */
	gone(connection: object): void;
};

/** Of what its owner has closed, the rest may take so long to arrive. */
const longestLingerMs = 60_000;

/**
 * A connection that toxics can take hold of at any time. Without any it hands everything straight through. A class, as
 * there may be thousands, and each is one object.
 */
export class WireConnection<Owner> extends WireEnds implements Connection {
	owner!: Owner;
	/** Among the connections of its wire. */
	place = -1;
	private readonly handlers: Handlers<Owner>;
	private readonly clock: Clock;
	private readonly gone: (connection: object) => void;
	private isPaused: boolean;
	/** The connection beneath is not closed. */
	private isOpen = true;
	/** There is somebody who is told what happens. */
	private isOwned = true;
	/** A toxic has closed it: nothing new passes, and its owner may not know yet. */
	private isCut = false;
	private outward: Outward | null = null;
	private inward: Inward | null = null;
	private cancelLinger: (() => void) | null = null;

	constructor({inner, handlers, clock, isPaused, gone}: WireConnectionParts<Owner>) {
		super(inner);
		this.handlers = handlers;
		this.clock = clock;
		this.isPaused = isPaused;
		this.gone = gone;
	}

	/** A toxic takes hold of it. */
	add(side: Side, id: number, toxic: Toxic) {
		if (!this.isOpen || this.isCut) return;
		if (side === 'outward') this.openOutward().add(id, toxic);
		else if (this.isOwned) this.openInward().add(id, toxic);
	}

	/** It lets go: everything is as if it had never been there. */
	remove(id: number) {
		this.outward?.remove(id);
		this.inward?.remove(id);
	}

	private openOutward(): Outward {
		this.outward ??= createOutward({
			...{inner: this.inner, clock: this.clock},
			cut: how => this.cut(how, 'outward'),
			closed: () => this.closed(),
			idle: () => {
				this.outward = null;
			},
		});
		return this.outward;
	}

	private openInward(): Inward {
		this.inward ??= createInward({
			...{inner: this.inner, clock: this.clock, isPaused: this.isPaused},
			received: bytes => this.handlers.received(this.owner, bytes),
			ended: () => this.handlers.ended(this.owner),
			cut: how => this.cut(how, 'inward'),
			idle: () => {
				this.inward = null;
			},
		});
		return this.inward;
	}

	private cut(how: Cut, side: Side) {
		if (!this.isOpen) return;
		if (how === 'reset') {
			this.inner.resetAndDestroy();
			return this.failed(broken('ECONNRESET'));
		}
		this.isCut = true;
		this.linger();
		// In the direction of the toxic the FIN is on its way already, behind the last bytes.
		if (side === 'inward') return finish(this.inner, () => this.closed());
		this.openOutward().close();
		if (!this.isOwned) return;
		this.stopInward();
		this.handlers.ended(this.owner);
	}

	private linger() {
		this.cancelLinger ??= this.clock.after(longestLingerMs, () => this.close());
	}

	private close() {
		this.inner.destroy();
		this.closed();
	}

	/** Nothing reaches the peer any more. */
	private closed() {
		this.isOpen = false;
		this.cancelLinger?.();
		this.outward?.stop();
		this.outward = null;
		if (!this.isOwned) this.gone(this);
	}

	/** Nothing reaches the owner any more. */
	private disown() {
		this.isOwned = false;
		this.stopInward();
	}

	private stopInward() {
		this.inward?.stop();
		this.inward = null;
	}

	/** Bytes from the transport. */
	received(bytes: Buffer) {
		if (!this.isOwned || this.isCut) return;
		if (this.inward === null) this.handlers.received(this.owner, bytes);
		else this.inward.take(bytes);
	}

	/** The peer's FIN. */
	ended() {
		// It may still be told after `destroy`.
		if (this.inward !== null) this.inward.take('end');
		else if (!this.isCut) this.handlers.ended(this.owner);
	}

	/** A reset, also one that a toxic made. It overtakes whatever is on its way. */
	failed(error: NodeJS.ErrnoException) {
		// Of one that a toxic has closed the owner hears an end.
		const isNews = this.isOwned && !this.isCut;
		if (isNews) this.disown();
		this.closed();
		if (isNews) this.handlers.failed(this.owner, error);
	}

	pause() {
		this.isPaused = true;
		this.inward?.pause();
		this.inner.pause();
	}

	resume() {
		this.isPaused = false;
		this.inward?.resume();
		if (!this.isPaused && !this.inward?.isFull) this.inner.resume();
	}

	write(data: Uint8Array | string, second?: 'latin1' | (() => void), third?: () => void) {
		const {inner, outward, isCut} = this;
		if (outward === null && !isCut)
			return typeof data === 'string' ? inner.write(data, 'latin1', third) : inner.write(data, second as () => void);
		const written = typeof second === 'function' ? second : third;
		if (!isCut) return outward!.write(data, written);
		written?.();
		process.nextTick(() => this.fail(broken('EPIPE')));
		return true;
	}

	/** It was written to, and nobody is there. */
	private fail(error: NodeJS.ErrnoException) {
		if (!this.isOwned) return;
		this.disown();
		if (!this.isOpen) this.gone(this);
		this.handlers.failed(this.owner, error);
	}

	cork() {
		if (this.outward === null) this.inner.cork();
	}

	uncork() {
		this.inner.uncork();
	}

	end(ended?: () => void) {
		if (this.isCut) ended && process.nextTick(ended);
		else if (this.outward === null) this.inner.end(ended);
		else this.outward.end(ended);
	}

	destroy() {
		if (!this.isOwned) return;
		this.disown();
		if (!this.isOpen) return this.gone(this);
		if (this.isCut) return;
		if (this.outward === null) return this.close();
		this.linger();
		this.outward.close();
	}

	resetAndDestroy() {
		if (!this.isOwned) return;
		this.disown();
		this.inner.resetAndDestroy();
		this.closed();
	}

	/** Closes it, and what is still on its way is lost. */
	abandon() {
		this.disown();
		this.close();
	}

	once(event: 'drain', listener: () => void) {
		if (this.outward === null) this.inner.once(event, listener);
		else this.outward.onceDrained(listener);
	}

	get writableLength() {
		return this.outward === null ? this.inner.writableLength : this.outward.unsent;
	}

	get bytesWritten() {
		return this.outward === null ? this.inner.bytesWritten : this.outward.bytesWritten;
	}
}

function broken(code: string): NodeJS.ErrnoException {
	return Object.assign(new Error(causes[code]), {code});
}

const causes: Record<string, string> = {ECONNRESET: 'connection reset', EPIPE: 'connection closed'};
