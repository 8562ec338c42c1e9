/** Who may connect: a bound on all clients together and on those of one address, kept at the door. */

import type {LimitName} from '../domain/tick.ts';
import type {Connection} from './transport.ts';

export type Admission = {
	/** Lets a client in, or names the limit that forbids it. Whoever was let in must `leave`. */
	admit(connection: Connection): LimitName | undefined;
	leave(connection: Connection): void;
};

/** 0: no bound. */
type AdmissionLimits = {maxConnections: number; maxConnectionsPerSource: number};

export function createAdmission({maxConnections, maxConnectionsPerSource}: AdmissionLimits): Admission {
	const bySource = new Map<string, number>();
	// An address is not known any more when the connection is gone.
	const sources = new WeakMap<Connection, string>();
	let admitted = 0;

	return {
		admit: connection => {
			if (maxConnections > 0 && admitted >= maxConnections) return 'maxconn';
			if (maxConnectionsPerSource > 0) {
				const source = connection.remoteAddress ?? '';
				const count = bySource.get(source) ?? 0;
				if (count >= maxConnectionsPerSource) return 'source-maxconn';
				bySource.set(source, count + 1);
				sources.set(connection, source);
			}
			admitted++;
			return undefined;
		},
		leave: connection => {
			admitted--;
			const source = sources.get(connection);
			if (source === undefined) return;
			sources.delete(connection);
			const count = bySource.get(source)! - 1;
			if (count > 0) bySource.set(source, count);
			else bySource.delete(source);
		},
	};
}
