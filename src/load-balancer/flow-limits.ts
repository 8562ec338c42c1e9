import type {Values} from '../cli/option.ts';
import type {flowSettings} from '../cli/options/flow.ts';
import type {ConnectionLimits, Limits} from './settings.ts';

/** What no option changes. */
const fixed = {
	framesPerClient: 1024,
	messagesPerClient: 8192,
	requestBytesPerClient: 1024 * 1024,
	requestBytes: 64 * 1024 * 1024,
	refusedRequestBytes: 128 * 1024 * 1024,
	unsentBytes: 256 * 1024,
	// Less than a lab's grace of 3 s: what is killed while it stops may leave its log torn.
	stopMs: 2000,
};

const retryTtlMs = 10_000;

/** The limits that a command line asks for, but for those of `connection-settings.ts`. */
export function limitsOf(values: Values<typeof flowSettings>): Omit<Limits, keyof ConnectionLimits> {
	return {
		...fixed,
		maxConnections: values.maxconn,
		maxConnectionsPerSource: values.sourceMaxconn,
		serverMaxconn: values.serverMaxconn,
		maxQueue: values.maxqueue,
		queueMs: values.queueTimeout,
		connectMs: values.connectTimeout,
		firstByteMs: values.firstByteTimeout,
		idleMs: values.idleTimeout,
		stallMs: values.stallTimeout,
		answerMs: values.answerTimeout,
		tryMs: values.tryTimeout,
		hedgeMs: values.hedge,
		redeliveries: values.redeliveries,
		retryBudget: {percent: values.retryBudget, perSecond: values.retryReserve, ttlMs: retryTtlMs},
		breaker: {
			connections: values.breakerConnections,
			pending: values.breakerPending,
			requests: values.breakerRequests,
			retries: values.breakerRetries,
		},
		plainServer: values.plainServer,
	};
}
