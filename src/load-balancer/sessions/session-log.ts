import type {Now} from '../../domain/clock.ts';
import type {LogManager} from '../../log/log-manager.ts';
import type {Strikes} from '../strikes.ts';
import type {Ending} from './endings.ts';
import type {Session} from './session.ts';

/** Tells a session's end: one line with cause and bytes at `--log-detail all`; a limit that struck, at any detail. */
export function createSessionLog({log, strikes, now}: {log: LogManager; strikes: Strikes; now: Now}) {
	const isLogged = log.detail === 'all';
	return ({client, server, backend, source, attempts, startedAt}: Session, {word, cause, limit}: Ending) => {
		if (limit) strikes.tell({limit, label: 'Connection', text: `Session ended: ${cause}`});
		if (!isLogged) return;
		log.write('Connection', 'Session ended', {
			client: source,
			...(backend ? {server: backend.name} : {}),
			end: word,
			cause,
			up: client.bytes,
			down: server.bytes,
			ms: Math.round((now() - startedAt) * 10) / 10,
			connects: attempts,
		});
	};
}
