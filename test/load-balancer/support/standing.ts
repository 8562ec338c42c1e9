/** Servers without sockets, in virtual time, and every word that is told of them. */

import {formatRoute} from '../../../src/domain/status.ts';
import type {CheckStatus} from '../../../src/domain/tick.ts';
import {type Backend, createBackends} from '../../../src/load-balancer/backends.ts';
import type {HealthSettings} from '../../../src/load-balancer/health-settings.ts';
import {defaultHealth} from './defaults.ts';
import {virtualClock} from './virtual-clock.ts';

/** `told`: `NAME ROUTE (CAUSE)`, `watch NAME`, `panic: …`, in order. All servers are well to begin with. */
export function wellServers(count: number, settings: Partial<HealthSettings> = {}) {
	const told: string[] = [];
	const tell = (word: string) => (backend: Backend) => void told.push(`${word} ${backend.name}`);
	const clock = virtualClock();
	const backends = createBackends({
		servers: Array.from({length: count}, (_, i) => ({name: `S${i + 1}`, host: '127.0.0.1', port: 9001 + i, weight: 1})),
		settings: {...defaultHealth, ...settings},
		clock,
		handlers: {
			changed: ({name, route}, {cause}) => void told.push(`${name} ${formatRoute(route)} (${cause})`),
			shifted: tell('shifted'),
			suspected: tell('suspected'),
			panicked: text => void told.push(text),
			watch: tell('watch'),
			unwatch: tell('unwatch'),
			moved: tell('moved'),
			removed: tell('removed'),
		},
	});
	const server = (number: number) => backends.all[number - 1]!;
	const checkWell = (backend: Backend) =>
		backends.checked(backend, {status: 'L7OK', ms: 1, text: 'answered its check'}, 'well');
	const failCheck = (backend: Backend, status: CheckStatus = 'L7TOUT') =>
		backends.checked(backend, {status, ms: 500, text: 'no answer to its check'}, 'unwell');
	for (const backend of backends.all) checkWell(backend);
	told.length = 0;
	return {
		backends,
		told,
		clock,
		server,
		checkWell,
		failCheck,
		takeDown: (backend: Backend, status?: CheckStatus) => {
			while (backend.health.state !== 'DOWN') failCheck(backend, status);
		},
		/** What it was told since the last time this was asked. */
		news: () => told.splice(0),
		used: () => backends.eligible.map(({name}) => name).join(' '),
	};
}
