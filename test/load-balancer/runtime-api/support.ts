import {noStrikes} from '../../../src/domain/tick.ts';
import type {ListedServer} from '../../../src/load-balancer/administrator.ts';
import {type FigureSource, keepFigures} from '../../../src/load-balancer/runtime-api/figures.ts';
import {defaultHealth, defaultLimits} from '../support/defaults.ts';

export function listedServer(id: number, overrides: Partial<ListedServer> = {}): ListedServer {
	return {
		...{id, name: `Server ${id}`, host: '127.0.0.1', port: 9000 + id, weight: 10, initialWeight: 10},
		...{administration: 'ready', route: {state: 'UP'}, ...overrides},
	};
}

/** The figures, 12 s after the start, of a balancer with these servers: server n has 100 n messages, n unanswered. */
export function figuresOf(servers: ListedServer[]) {
	let at = 0;

	const settings: FigureSource['settings'] = {mode: 'message', health: defaultHealth, limits: defaultLimits};
	const figures = keepFigures({
		settings,
		now: () => at,
		list: () => servers,
		tick: () => ({
			type: 'balancer-tick',
			algorithm: 'round-robin',
			backends: servers.map(({id, name, weight}) => ({
				...{name, forwarded: 100 * id, answered: 99 * id, inFlight: id, connections: 2, errors: 3, redelivered: 4},
				...{unanswered: 8, userWeight: weight, weight: weight / 2, checkFailures: 9, downs: 2, ejections: 1},
				...{check: {status: 'L7OK', ms: 1.4, text: 'answered its check'}, downMs: 3500, changedAt: 4000},
			})),
			...{clientConnections: 5, accepted: 50, nak: 6, messages: 290, attempts: 300, hedged: 1, waiting: 7},
			...{struck: noStrikes(), cpuMs: 1, rssBytes: 50 * 2 ** 20},
		}),
	});
	at = 12_000;
	return figures;
}
