import type {ConnectHandlers, Connection} from '../transport.ts';

/** A connection that nobody accepts: the system would have answered with a reset. */
export function refusedConnection(handlers: ConnectHandlers): Connection {
	let isLeft = false;
	const leave = () => {
		isLeft = true;
	};
	const refused = Object.assign(new Error('connection refused'), {code: 'ECONNREFUSED'});
	setImmediate(() => {
		if (!isLeft) handlers.failed(refused);
	});
	return {
		...{pause() {}, resume() {}, setNoDelay() {}, cork() {}, uncork() {}, once() {}},
		...{destroy: leave, resetAndDestroy: leave, bytesWritten: 0, writableLength: 0},
		write: (_: unknown, second?: unknown, third?: () => void) => {
			const written = typeof second === 'function' ? second : third;
			written?.();
			return true;
		},
		end: ended => void (ended && process.nextTick(ended)),
	};
}
