/** A load balancer in the test's own process, on a free port, with short times. */

import type {PartEvent} from '../../../src/domain/event.ts';
import type {LogDetail} from '../../../src/domain/plan.ts';
import {formatRoute} from '../../../src/domain/status.ts';
import type {HealthSettings} from '../../../src/load-balancer/health-settings.ts';
import {type LoadBalancer, startLoadBalancer} from '../../../src/load-balancer/load-balancer.ts';
import type {BalancerSettings, Limits, ServerAddress} from '../../../src/load-balancer/settings.ts';
import type {Transport} from '../../../src/load-balancer/transport.ts';
import {now} from '../../../src/part.ts';
import {until} from '../../support/until.ts';
import {closeClients} from './clients.ts';
import {defaultFront, defaultHealth, defaultLimits, defaultSessions} from './defaults.ts';
import type {TestServer} from './servers.ts';

export type TestBalancer = LoadBalancer & {
	events: PartEvent[];
	/** Log lines as `LABEL TEXT VALUES`. */
	logged: string[];
	/** Every route a server has had, in order, as words. */
	routes(name: string): string[];
	route(name: string): string | undefined;
	backend(name: string): ReturnType<LoadBalancer['tick']>['backends'][number];
	/** Ends it and everything it stood between. */
	end(): Promise<void>;
};

type Options = {
	settings?: Partial<Omit<BalancerSettings, 'health' | 'limits'>>;
	health?: Partial<HealthSettings>;
	limits?: Partial<Limits>;
	detail?: LogDetail;
	transport?: Transport;
};

/** The suite runs once on each; see `vitest.config.ts`. */
function testedTransport(): 'fast' | 'public' {
	return process.env.LBTOP_TRANSPORT === 'public' ? 'public' : 'fast';
}

export const quickHealth: HealthSettings = {...defaultHealth, interMs: 60, fastInterMs: 20, timeoutMs: 2000};

export async function startBalancer(
	servers: (ServerAddress | TestServer)[],
	options: Options = {},
): Promise<TestBalancer> {
	const events: PartEvent[] = [];
	const logged: string[] = [];
	const addresses = servers.map(({name, host, port, weight, maxconn}) => ({
		...{name, host, port, weight},
		...(maxconn === undefined ? {} : {maxconn}),
	}));
	const balancer = await startLoadBalancer(
		{
			...{host: '127.0.0.1', port: 0, mode: 'message', algorithm: 'round-robin', servers: addresses},
			...{hashKey: 'client', maxLineBytes: 65_536, seed: 1, transport: testedTransport()},
			...{sessions: defaultSessions, front: defaultFront, ...options.settings},
			health: {...quickHealth, ...options.health},
			limits: {...defaultLimits, stopMs: 500, ...options.limits},
		},
		{
			emit: event => void events.push(event),
			now,
			...(options.transport ? {transport: options.transport} : {}),
			log: {
				detail: options.detail ?? 'off',
				write: (label, text, values) => void logged.push(`${label} ${text} ${JSON.stringify(values ?? {})}`),
				writeReady: (label, text, values) => void logged.push(`${label} ${text} ${values}`),
				flush: () => void logged.push('flush'),
				settle: () => void logged.push('flush'),
				tick: () => ({type: 'log-tick', lines: 0, bytes: 0, dropped: 0}),
				close: () => {},
			},
		},
	);
	const routes = (name: string) =>
		events.flatMap(event => (event.type === 'route-changed' && event.server === name ? [formatRoute(event.to)] : []));
	return {
		...balancer,
		events,
		logged,
		routes,
		route: name => routes(name).at(-1),
		backend: name => balancer.tick().backends.find(backend => backend.name === name)!,
		end: async () => {
			closeClients();
			await balancer.stop();
			await Promise.all(servers.map(server => ('kill' in server ? server.kill() : undefined)));
		},
	};
}

/** Waits until nothing is under way: every line asked has been answered. */
export async function untilIdle(balancer: TestBalancer) {
	await until(() => balancer.tick().backends.every(backend => backend.inFlight === 0), {
		what: () => `nothing in flight: ${JSON.stringify(balancer.tick().backends)}`,
	});
}
