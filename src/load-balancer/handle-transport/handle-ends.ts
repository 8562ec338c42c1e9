import type {EndName, Handle} from './bindings.ts';

const unknownEnd: EndName = {};

/** Where a handle's connection comes from and where it went, as far as it is open. */
export abstract class HandleEnds {
	isOpen = true;
	protected readonly handle: Handle;
	private remoteEnd: EndName = unknownEnd;

	constructor(handle: Handle) {
		this.handle = handle;
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

	/** Asked for once: a client's address may be looked at for every message. */
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
}
