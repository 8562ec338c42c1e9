import type {SessionSettings} from '../settings.ts';
import type {Transport} from '../transport.ts';
import {unknownHeader} from './proxy-header.ts';

/** For checks of servers that expect a PROXY header: each connection begins with one that names no client. */
export function checkTransport(transport: Transport, {sendProxy}: SessionSettings): Transport {
	if (!sendProxy) return transport;
	return {
		listen: transport.listen,
		connect: (options, handlers) => {
			const connection = transport.connect(options, handlers);
			connection.write(unknownHeader(sendProxy));
			return connection;
		},
	};
}
