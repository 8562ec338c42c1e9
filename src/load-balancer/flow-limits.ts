import type {Values} from '../cli/option.ts';
import type {flowSettings} from '../cli/options/flow.ts';
import {defaultLimits, type Limits} from './settings.ts';

/** The limits that a command line asks for. */
export function limitsOf(values: Values<typeof flowSettings>): Limits {
	return {
		...defaultLimits,
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
		retryBudget: {...defaultLimits.retryBudget, percent: values.retryBudget, perSecond: values.retryReserve},
		breaker: {
			connections: values.breakerConnections,
			pending: values.breakerPending,
			requests: values.breakerRequests,
			retries: values.breakerRetries,
		},
		plainServer: values.plainServer,
	};
}
