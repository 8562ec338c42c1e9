import type {Connection, Handlers} from '../transport.ts';
import {type Bindings, type EndName, endOfFile, errorOf, type Handle, type Request} from './bindings.ts';
import {createReadBuffer} from './read-buffer.ts';

/** A connection on a handle, and the calls that are only its transport's. */
export type HandleConnection<Owner> = Connection & {
	owner: Owner;
	readonly isOpen: boolean;
	/** The handle is connected: from now on it reads, unless it is paused. */
	connected(): void;
	/** Closes it and tells its owner why. */
	fail(error: NodeJS.ErrnoException): void;
};

export type HandleConnectionOptions<Owner> = {handle: Handle; handlers: Handlers<Owner>; isFleeting: boolean};

/** Gives the function that makes connections. All of them read into one buffer. */
export function handleConnections({WriteWrap, ShutdownWrap, streamBaseState, ...places}: Bindings) {
	const {kReadBytesOrError, kBytesWritten, kLastWriteWasAsync} = places;
	const intake = createReadBuffer();
	/** The request of every write, until one is not through at once and keeps it. */
	let request = new WriteWrap() as WriteRequest;

	function onread(this: Handle) {
		(this as OwnedHandle).connection.read(streamBaseState[kReadBytesOrError]!);
	}

	function onwritten(this: Request, status: number) {
		(this as WriteRequest).connection.wrote(this as WriteRequest, status);
	}

	/** A class, unlike most here: there may be thousands, and each is one object. */
	class OneConnection<Owner> implements HandleConnection<Owner> {
		owner!: Owner;
		isOpen = true;
		bytesWritten = 0;
		private readonly handle: Handle;
		private readonly handlers: Handlers<Owner>;
		private readonly isFleeting: boolean;
		private isConnected = false;
		private isPaused = false;
		private isReading = false;
		private hasHeardEnd = false;
		/** open: it may write · wanted: FIN follows what is written · sent · said: it has left, or never will. */
		private finish: 'open' | 'wanted' | 'sent' | 'said' = 'open';
		private ended: (() => void) | undefined = undefined;
		/** Writes that the system has not taken yet. */
		private pending = 0;
		private drained: (() => void)[] = none;
		private remoteEnd: EndName = unknownEnd;

		constructor({handle, handlers, isFleeting}: HandleConnectionOptions<Owner>) {
			this.handle = handle;
			this.handlers = handlers;
			this.isFleeting = isFleeting;
			(handle as OwnedHandle).connection = this as OneConnection<unknown>;
			handle.onread = onread;
			handle.useUserBuffer(intake.bytes);
		}

		connected() {
			this.isConnected = true;
			if (!this.isPaused) this.resume();
			this.sayEnd();
		}

		read(length: number) {
			if (!this.isOpen || length === 0) return;
			if (length > 0) {
				const bytes = this.isFleeting ? intake.look(length) : intake.keep(length);
				return this.handlers.received(this.owner, bytes);
			}
			if (length !== endOfFile) return this.fail(errorOf(length, 'read'));
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
			if (!this.isOpen || this.finish !== 'open') {
				written?.();
				return true;
			}
			const {handle} = this;
			const error =
				typeof data === 'string' ? handle.writeLatin1String(request, data) : handle.writeBuffer(request, data);
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
			this.drained = none;
			for (const listener of drained) listener();
			this.sayEnd();
		}

		get writableLength() {
			return this.pending === 0 || !this.isOpen ? 0 : this.handle.writeQueueSize;
		}

		once(_event: 'drain', listener: () => void) {
			this.drained = [...this.drained, listener];
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

		get remoteAddress() {
			return this.remote().address;
		}

		get remotePort() {
			return this.remote().port;
		}

		get localAddress() {
			return this.local().address;
		}

		get localPort() {
			return this.local().port;
		}

		/** Asked for once: a client's address is looked at for every message. */
		private remote(): EndName {
			if (this.remoteEnd === unknownEnd && this.isOpen) {
				this.remoteEnd = {};
				this.handle.getpeername(this.remoteEnd);
			}
			return this.remoteEnd;
		}

		private local(): EndName {
			const end: EndName = {};
			if (this.isOpen) this.handle.getsockname(end);
			return end;
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
		data: Uint8Array | string;
		written: (() => void) | undefined;
	};

	return <Owner>(options: HandleConnectionOptions<Owner>): HandleConnection<Owner> => new OneConnection(options);
}

const none: (() => void)[] = [];
const unknownEnd: EndName = {};
