/** What a load balancer is told, from its options. */

import {UsageError, type Values} from '../cli/option.ts';
import type {balancerOptions} from '../cli/options/balancer.ts';
import type {connectionSettings, frontOptions} from '../cli/options/connection.ts';
import type {flowSettings} from '../cli/options/flow.ts';
import type {healthSettings} from '../cli/options/health.ts';
import {t} from '../words/words.ts';
import type {HealthSettings} from './health-settings.ts';
import type {FrontSettings, Limits, SessionSettings} from './settings.ts';

type Given = Values<typeof connectionSettings & typeof frontOptions & Pick<typeof balancerOptions, 'mode'>>;

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

/** The limits that a command line asks for. */
export function limitsOf(
	values: Values<typeof flowSettings & typeof connectionSettings & typeof frontOptions>,
): Limits {
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
		clientMs: values.clientTimeout,
		serverMs: values.serverTimeout,
		halfCloseMs: values.halfCloseTimeout,
		proxyMs: values.proxyTimeout,
		handshakeMs: values.handshakeTimeout,
	};
}

/** The health settings as the command line gives them. */
export function healthOf(values: Values<typeof healthSettings>): HealthSettings {
	return {
		question: values.checkConnect
			? {type: 'connect'}
			: {type: 'exchange', send: values.checkSend, expect: values.checkExpect ?? null},
		interMs: values.inter,
		fastInterMs: values.fastinter,
		downInterMs: values.downinter ?? values.inter,
		timeoutMs: values.checkTimeout,
		rise: values.rise,
		fall: values.fall,
		spreadPercent: values.spreadChecks,
		passive: {observe: values.observe, errorLimit: values.errorLimit, onError: values.onError},
		slowStartMs: values.slowstart,
		panicPercent: values.panic,
		outlier: {
			isOn: values.outlier === true,
			consecutive: values.outlierConsecutive,
			intervalMs: values.outlierInterval,
			baseMs: values.outlierBase,
			maxMs: values.outlierMaxTime,
			maxPercent: values.outlierMaxPercent,
			successRate: values.outlierRate,
			failurePercentage: values.outlierFailures,
			uneject: values.outlierUneject,
		},
	};
}

/** What a command line asks of connection mode. Throws for what message mode cannot do. */
export function sessionsOf({mode, onMarkedDown, sendProxy}: Given): SessionSettings {
	if (sendProxy && mode === 'message') {
		throw new UsageError(
			t(
				'--send-proxy needs --mode connection: in message mode one connection to a server carries the messages of many clients',
			),
		);
	}
	return sendProxy ? {onMarkedDown, sendProxy} : {onMarkedDown};
}

/** How a command line wants clients to be met. Throws when only one of the TLS files is named. */
export function frontOf({acceptProxy = false, tlsCert, tlsKey}: Given): FrontSettings {
	if (tlsCert === undefined && tlsKey === undefined) return {acceptProxy};
	if (tlsCert === undefined) throw new UsageError(t('--tls-key was given without --tls-cert; TLS needs both'));
	if (tlsKey === undefined) throw new UsageError(t('--tls-cert was given without --tls-key; TLS needs both'));
	return {acceptProxy, tls: {certificate: tlsCert, key: tlsKey}};
}
