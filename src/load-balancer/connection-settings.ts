import {UsageError, type Values} from '../cli/option.ts';
import type {balancerOptions} from '../cli/options/balancer.ts';
import type {connectionSettings, frontOptions} from '../cli/options/connection.ts';
import {t} from '../words/words.ts';
import type {ConnectionLimits, FrontSettings, SessionSettings} from './settings.ts';

type Given = Values<typeof connectionSettings & typeof frontOptions & Pick<typeof balancerOptions, 'mode'>>;

/** The limits that a command line asks for beside those of `flow-limits.ts`. */
export function connectionLimitsOf(values: Given): ConnectionLimits {
	return {
		clientMs: values.clientTimeout,
		serverMs: values.serverTimeout,
		halfCloseMs: values.halfCloseTimeout,
		proxyMs: values.proxyTimeout,
		handshakeMs: values.handshakeTimeout,
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
