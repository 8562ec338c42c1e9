import type {Connection, Handlers} from '../transport.ts';
import {type Bindings, endOfFile, errorOf, type Handle, type Request} from './bindings.ts';
import {HandleEnds} from './handle-ends.ts';
import {createReadBuffer, type Reads} from './read-buffer.ts';

/** A connection on a handle, and the calls that are only its transport's. */
type HandleConnection<Owner> = Connection & {
	owner: Owner;
	readonly isOpen: boolean;
	/** The handle is connected: from now on it reads, unless it is paused. */
	connected(): void;
	/** Closes it and tells its owner why. */
	fail(error: NodeJS.ErrnoException): void;
};

type HandleConnectionOptions<Owner> = {handle: Handle; handlers: Handlers<Owner>; reads: Reads};

/** Gives the function that makes connections. All of them read into one buffer. */
export function handleConnections({WriteWrap, ShutdownWrap, streamBaseState, ...places}: Bindings) {
	const {kReadBytesOrError, kBytesWritten, kLastWriteWasAsync} = places;
	const shared = createReadBuffer();
	/** The request of every write, until one is not through at once and keeps it. */
	let request = new WriteWrap() as WriteRequest;

	function onread(this: Handle) {
		return (this as OwnedHandle).connection.read(streamBaseState[kReadBytesOrError]!);
	}

	function onwritten(this: Request, status: number) {
		(this as WriteRequest).connection.wrote(this as WriteRequest, status);
	}

	/** A class, unlike most here: there may be thousands, and each is one object. */
	class OneConnection<Owner> extends HandleEnds implements HandleConnection<Owner> {
		owner!: Owner;
		bytesWritten = 0;
		private readonly handlers: Handlers<Owner>;
		private readonly reads: Reads;
		private isConnected = false;
		private isPaused = false;
		private isReading = false;
		private hasHeardEnd = false;
		/** open: it may write · wanted: FIN follows what is written · sent · said: it has left, or never will. */
		private finish: 'open' | 'wanted' | 'sent' | 'said' = 'open';
		private ended: (() => void) | undefined = undefined;
		/** Writes that the system has not taken yet. */
		private pending = 0;
		private drained: (() => void)[] | null = null;
		/** Where it reads to while much comes: what was read need not be copied then. */
		private own: Buffer | null = null;
		/** Writes gathered since `cork`. */
		private corked: {data: Uint8Array | string; written: (() => void) | undefined}[] | null = null;

		constructor({handle, handlers, reads}: HandleConnectionOptions<Owner>) {
			super(handle);
			this.handlers = handlers;
			this.reads = reads;
			(handle as OwnedHandle).connection = this as OneConnection<unknown>;
			handle.onread = onread;
			handle.useUserBuffer(shared.room(reads));
		}

		connected() {
			this.isConnected = true;
			if (!this.isPaused) this.resume();
			this.sayEnd();
		}

		/** Takes what came; gives another buffer to read to, or undefined. */
		read(length: number): Buffer | undefined {
			const {own, reads} = this;
			if (length < 0) this.readEnd(length);
			if (!this.isOpen || length <= 0) return undefined;
			this.handlers.received(this.owner, shared.took(reads, own, length));
			this.own = shared.next(reads, own, length);
			return this.own === null && own === null ? undefined : (this.own ?? shared.room(reads));
		}

		private readEnd(number: number) {
			if (!this.isOpen) return;
			if (number !== endOfFile) return this.fail(errorOf(number, 'read'));
			this.isReading = false;
			this.hasHeardEnd = true;
			this.handlers.ended(this.owner);
			this.closeWhenOver();
		}

		pause() {
			this.isPaused = true;
			if (!this.isOpen || !this.isReading) return;
			this.isReading = false;
			this.handle.readStop();
		}

		resume() {
			this.isPaused = false;
			if (!this.isOpen || !this.isConnected || this.isReading || this.hasHeardEnd) return;
			this.isReading = true;
			const error = this.handle.readStart();
			if (error !== 0) this.failSoon(errorOf(error, 'read'));
		}

		write(data: Uint8Array | string, second?: 'latin1' | (() => void), third?: () => void) {
			const written = typeof second === 'function' ? second : third;
			const {handle, corked} = this;
			if (this.isDone(written)) return true;
			if (corked !== null) return corked.push({data, written}) > 0;
			if (typeof data === 'string') return this.submitted(handle.writeLatin1String(request, data), data, written);
			return this.submitted(handle.writeBuffer(request, data), data, written);
		}

		cork() {
			this.corked ??= [];
		}

		uncork() {
			const {corked} = this;
			this.corked = null;
			if (corked === null || corked.length === 0) return;
			const pieces = corked.map(({data}) => (typeof data === 'string' ? Buffer.from(data, 'latin1') : data));
			const written = () => {
				for (const write of corked) write.written?.();
			};
			if (!this.isDone(written)) this.submitted(this.handle.writev(request, pieces, true), pieces, written);
		}

		/** True when nothing can be written any more. */
		private isDone(written: (() => void) | undefined): boolean {
			if (this.isOpen && this.finish === 'open') return false;
			written?.();
			return true;
		}

		/** What became of a write; false when it is under way. */
		private submitted(error: number, data: WriteRequest['data'], written: (() => void) | undefined): boolean {
			const isPending = streamBaseState[kLastWriteWasAsync] !== 0;
			if (error !== 0) {
				request = new WriteWrap() as WriteRequest;
				this.failSoon(errorOf(error, 'write'));
				return true;
			}
			this.bytesWritten += streamBaseState[kBytesWritten]!;
			if (!isPending) {
				written?.();
				return true;
			}
			this.pending++;
			request.oncomplete = onwritten;
			request.connection = this as OneConnection<unknown>;
			request.data = data;
			request.written = written;
			request = new WriteWrap() as WriteRequest;
			return false;
		}

		wrote({written}: WriteRequest, status: number) {
			this.pending--;
			written?.();
			if (status < 0) return this.fail(errorOf(status, 'write'));
			if (this.pending > 0) return;
			const {drained} = this;
			this.drained = null;
			for (const listener of drained ?? []) listener();
			this.sayEnd();
		}

		get writableLength() {
			return this.pending === 0 || !this.isOpen ? 0 : this.handle.writeQueueSize;
		}

		once(_event: 'drain', listener: () => void) {
			this.drained ??= [];
			this.drained.push(listener);
		}

		end(ended?: () => void) {
			if (!this.isOpen || this.finish !== 'open') return ended && process.nextTick(ended);
			this.ended = ended;
			this.finish = 'wanted';
			this.sayEnd();
		}

		/** Asked for no sooner than it can be done, for a reset is not possible in between. */
		private sayEnd() {
			if (this.finish !== 'wanted' || !this.isOpen || !this.isConnected || this.pending > 0) return;
			this.finish = 'sent';
			const shutdown = new ShutdownWrap();
			shutdown.oncomplete = () => this.endSaid();
			if (this.handle.shutdown(shutdown) !== 0) process.nextTick(() => this.endSaid());
		}

		private endSaid() {
			this.finish = 'said';
			this.ended?.();
			this.closeWhenOver();
		}

		private closeWhenOver() {
			if (this.hasHeardEnd && this.finish === 'said') this.destroy();
		}

		setNoDelay(on: boolean) {
			if (this.isOpen) this.handle.setNoDelay(on);
		}

		destroy() {
			if (!this.isOpen) return;
			this.isOpen = false;
			this.handle.close();
			this.forgetEnd();
		}

		resetAndDestroy() {
			if (this.finish === 'sent') return this.destroy();
			if (!this.isOpen) return;
			this.isOpen = false;
			this.handle.reset();
			this.forgetEnd();
		}

		/** Who waits for a FIN that never leaves is told so. */
		private forgetEnd() {
			if (this.finish === 'wanted') process.nextTick(() => this.endSaid());
		}

		fail(error: NodeJS.ErrnoException) {
			if (!this.isOpen) return;
			this.destroy();
			this.handlers.failed(this.owner, error);
		}

		/** For calls of the owner's, which does not expect to be told before they return. */
		private failSoon(error: NodeJS.ErrnoException) {
			this.destroy();
			process.nextTick(() => this.handlers.failed(this.owner, error));
		}
	}

	type OwnedHandle = Handle & {connection: OneConnection<unknown>};
	/** `data` must not be collected before it is written. */
	type WriteRequest = Request & {
		connection: OneConnection<unknown>;
		data: Uint8Array | Uint8Array[] | string;
		written: (() => void) | undefined;
	};

	return <Owner>(options: HandleConnectionOptions<Owner>): HandleConnection<Owner> => new OneConnection(options);
}
