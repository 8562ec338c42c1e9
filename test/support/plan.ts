import type {Plan} from '../../src/domain/plan.ts';

/** A plan of two own servers as the defaults make it, with what a test wants otherwise. */
export function testPlan(overrides: Partial<Plan> = {}): Plan {
	return {
		servers: [1, 2].map(n => ({name: `Server ${n}`, kind: 'own', host: '127.0.0.1', port: 9000 + n, weight: 1})),
		service: {time: {type: 'constant', ms: 0}, concurrency: 0, settings: []},
		balancer: {
			engine: 'embedded',
			host: '127.0.0.1',
			port: 9000,
			mode: 'message',
			algorithm: 'round-robin',
			settings: [],
		},
		clients: {
			count: 10,
			rate: 20,
			arrivals: 'constant',
			connect: 'per-message',
			depth: 1,
			messages: [],
			ackTimeoutMs: 1000,
			retries: 4,
			settings: [],
		},
		log: {file: 'log.txt', detail: 'all', maxSizeBytes: 1e8, keep: 5},
		seed: 1,
		warmupMs: 0,
		run: 'test',
		checks: [],
		...overrides,
	};
}
