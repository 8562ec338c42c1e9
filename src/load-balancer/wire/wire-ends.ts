import type {Connection} from '../transport.ts';

/** What no toxic changes: where a connection comes from and where it went. */
export abstract class WireEnds {
	protected readonly inner: Connection;

	constructor(inner: Connection) {
		this.inner = inner;
	}

	get remoteAddress() {
		return this.inner.remoteAddress;
	}

	get remotePort() {
		return this.inner.remotePort;
	}

	get localAddress() {
		return this.inner.localAddress;
	}

	get localPort() {
		return this.inner.localPort;
	}

	setNoDelay(on: boolean) {
		this.inner.setNoDelay(on);
	}
}
