/** A transport without sockets: a test says what each connection comes to. */

import type {ConnectHandlers, Connection, ConnectOptions, Transport} from '../../../src/load-balancer/transport.ts';

export type Attempt = ConnectOptions & {handlers: ConnectHandlers; written: string; isDestroyed: boolean};

export function silentTransport(onConnect: (attempt: Attempt) => void = () => {}) {
	const attempts: Attempt[] = [];
	const transport: Transport = {
		listen: () => Promise.reject(new Error('nobody listens here')),
		connect: (options, handlers) => {
			const attempt: Attempt = {...options, handlers, written: '', isDestroyed: false};
			attempts.push(attempt);
			onConnect(attempt);
			const connection: Partial<Connection> = {
				write: (bytes: unknown) => {
					attempt.written += String(bytes);
				},
				destroy: () => {
					attempt.isDestroyed = true;
					return undefined as never;
				},
			};
			return connection as Connection;
		},
	};
	return {transport, attempts, open: () => attempts.filter(({isDestroyed}) => !isDestroyed)};
}
