import {X509Certificate} from 'node:crypto';
import {readFileSync} from 'node:fs';
import type {Socket} from 'node:net';
import {createSecureContext, TLSSocket} from 'node:tls';
import {codeWords} from '../../domain/system-error.ts';
import {phrase} from '../../words/words.ts';
import {announce, endpointsOf} from '../proxy/endpoints.ts';
import type {TlsFiles} from '../settings.ts';
import type {Strike} from '../strikes.ts';
import {causeOf} from '../transport.ts';

/** Shakes hands on a paused socket; `entered` gets the secure one, paused, with the ends that were announced for it. */
type TlsDoor = (socket: Socket, entered: (secure: Socket) => void) => void;

/** TLS 1.2 and later, otherwise by Node's own defaults. Throws with a message for people when the files are of no use. */
export function createTlsDoor(files: TlsFiles, handshakeMs: number, tell: (strike: Strike) => void): TlsDoor {
	const secureContext = contextOf(files);

	return (socket, entered) => {
		const ends = endpointsOf(socket);
		const secure = new TLSSocket(socket, {isServer: true, secureContext});
		// Node throws at a reset of a TLS socket, and ends with the process at one of the socket beneath: a FIN has to do.
		secure.resetAndDestroy = () => secure.destroy();

		const refuse = (limit: Strike['limit'], why: string) => {
			leave();
			tell({limit, label: 'Connection', text: `Refused a client without TLS: ${why}`});
			secure.on('error', () => {}); // what is still told of it is of no interest any more
			secure.destroy();
			socket.destroy();
		};

		const timer = setTimeout(() => refuse('handshake-timeout', 'its handshake took too long'), handshakeMs);
		const failed = (error: NodeJS.ErrnoException) => refuse('tls-cert', causeOf(error));
		const closed = () => refuse('tls-cert', 'it left');
		const leave = () => {
			clearTimeout(timer);
			secure.off('error', failed).off('close', closed);
		};
		secure.on('error', failed).on('close', closed);
		// Errors of the socket beneath come up through the secure one.
		socket.on('error', () => {});
		secure.once('secure', () => {
			leave();
			secure.pause();
			if (ends) announce(secure, ends);
			entered(secure);
		});
	};
}

function contextOf({certificate, key}: TlsFiles) {
	const cert = readPem('--tls-cert', certificate);
	const privateKey = readPem('--tls-key', key);
	try {
		new X509Certificate(cert);
	} catch {
		throw new Error(
			phrase('--tls-cert {file} is no certificate; give it in PEM, beginning -----BEGIN CERTIFICATE-----', {
				file: certificate,
			}),
		);
	}
	try {
		return createSecureContext({cert, key: privateKey, minVersion: 'TLSv1.2'});
	} catch (error) {
		throw new Error(phrase('--tls-key {file}: {why}', {file: key, why: whyOfKey(error as NodeJS.ErrnoException)}));
	}
}

function whyOfKey({code, message}: NodeJS.ErrnoException): string {
	if (code === 'ERR_OSSL_X509_KEY_VALUES_MISMATCH')
		return phrase('it is not the key of the --tls-cert; give the key that the certificate was made with');
	if (/INTERRUPTED|BAD_PASSWORD|PASSWORD/i.test(code ?? ''))
		return phrase('it is encrypted; give it without a password (openssl pkey -in FILE -out PLAIN)');
	if (/DECODER|PEM|NO_START_LINE|UNSUPPORTED/i.test(code ?? ''))
		return phrase('it is no private key; give it in PEM, beginning -----BEGIN PRIVATE KEY-----');
	return phrase('it is of no use: {why}; make a new one with openssl', {why: message});
}

function readPem(option: string, file: string): Buffer {
	try {
		return readFileSync(file);
	} catch (error) {
		const {code = ''} = error as NodeJS.ErrnoException;
		const known: Record<string, string> = {
			ENOENT: phrase('there is no such file'),
			EACCES: phrase('it may not be read'),
			EISDIR: phrase('it is a folder'),
		};
		const why = known[code] ?? codeWords(code);
		throw new Error(
			phrase('could not read {option} {file}: {why}; give a PEM file that this user may read', {option, file, why}),
		);
	}
}
