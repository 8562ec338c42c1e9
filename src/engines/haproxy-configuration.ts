/** HAProxy's configuration for a lab. Pure. */

import type {AlgorithmName} from '../domain/algorithm.ts';
import type {BalancedServer} from '../domain/balanced-server.ts';
import {haproxyAlgorithms} from '../domain/engine.ts';
import {formatAddress} from '../domain/server-spec.ts';
import type {HaproxySettings} from './haproxy-settings.ts';

/** Its one backend. */
export const backendName = 'pool';

/** A server as HAProxy calls it: `server-1`, for our names may have blanks. */
export type NamedServer = BalancedServer & {id: string};

/** `isOurs`: all servers are lbtop's own, which answer a check's PING with PONG; others may answer what they like. */
type Wanted = {
	host: string;
	port: number;
	algorithm: AlgorithmName;
	servers: NamedServer[];
	/** Where it answers its runtime API: a path. */
	socket: string;
	isOurs: boolean;
	settings: HaproxySettings;
};

export function haproxyConfiguration({host, port, algorithm, servers, socket, isOurs, settings}: Wanted): string {
	const {maxconn, queueTimeout, connectTimeout, checkTimeout, spreadChecks, redeliveries} = settings;
	const {clientTimeout, serverTimeout, halfCloseTimeout} = settings;
	return lines([
		'global',
		// Without it another HAProxy may listen on the same port, and the kernel parts the clients between the two.
		'    noreuseport',
		'    hard-stop-after 2s',
		`    stats socket ${word(`unix@${socket}`)} mode 600 level admin`,
		some(spreadChecks, `    spread-checks ${spreadChecks}`),
		'defaults',
		'    mode tcp',
		`    retries ${redeliveries}`,
		'    option redispatch 1',
		`    timeout connect ${connectTimeout}ms`,
		`    timeout check ${checkTimeout}ms`,
		some(queueTimeout, `    timeout queue ${queueTimeout}ms`),
		some(clientTimeout, `    timeout client ${clientTimeout}ms`),
		some(serverTimeout, `    timeout server ${serverTimeout}ms`),
		some(halfCloseTimeout, `    timeout client-fin ${halfCloseTimeout}ms`),
		some(halfCloseTimeout, `    timeout server-fin ${halfCloseTimeout}ms`),
		'frontend lab',
		`    bind ${word(formatAddress({host, port}))}`,
		some(maxconn, `    maxconn ${maxconn}`),
		`    default_backend ${backendName}`,
		`backend ${backendName}`,
		`    balance ${haproxyAlgorithms[algorithm]!}`,
		...checkLines(settings, isOurs),
		`    default-server ${defaultsOf(settings)}`,
		...servers.map(server => `    server ${serverWords(server, settings)}`),
	]);
}

function checkLines({checkConnect, checkSend, checkExpect}: HaproxySettings, isOurs: boolean): string[] {
	const connect = ['    option tcp-check', '    tcp-check connect'];
	if (checkConnect) return connect;
	const any = isOurs && checkSend === 'PING\n' ? 'string PONG' : 'rstring .';
	const expected = checkExpect === undefined ? any : `binary ${hex(checkExpect)}`;
	const sent = checkSend === 'PING\n' ? 'send PING\\n' : `send-binary ${hex(checkSend)}`;
	return [...connect, `    tcp-check ${sent}`, `    tcp-check expect ${expected}`];
}

function defaultsOf(settings: HaproxySettings): string {
	const {inter, fastinter, downinter, rise, fall, observe, errorLimit, onError, slowstart, onMarkedDown} = settings;
	return [
		`check inter ${inter}ms fastinter ${fastinter}ms downinter ${downinter ?? inter}ms rise ${rise} fall ${fall}`,
		...(observe === 'none' ? [] : [`observe layer4 error-limit ${errorLimit} on-error ${onError}`]),
		...(slowstart > 0 ? [`slowstart ${slowstart}ms`] : []),
		...(onMarkedDown === 'none' ? [] : [`on-marked-down ${onMarkedDown}`]),
	].join(' ');
}

function serverWords({id, weight, maxconn, administration, ...address}: NamedServer, settings: HaproxySettings) {
	const most = maxconn ?? settings.serverMaxconn;
	return [
		`${id} ${word(formatAddress(address))} weight ${weight}`,
		...(most > 0 ? [`maxconn ${most}`] : []),
		...(administration === 'maint' ? ['disabled'] : []),
	].join(' ');
}

/** One word of its language, whatever is in it. */
function word(text: string): string {
	return /^[\w.:/@[\]-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function hex(latin1: string): string {
	return Buffer.from(latin1, 'latin1').toString('hex');
}

/** 0 is no bound: nothing is written. */
function some(value: number, line: string): string | undefined {
	return value > 0 ? line : undefined;
}

function lines(all: (string | undefined)[]): string {
	return `${all.filter(line => line !== undefined).join('\n')}\n`;
}
