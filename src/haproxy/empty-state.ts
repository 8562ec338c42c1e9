import type {Plan} from '../domain/plan.ts';
import {initialState} from '../state/initial.ts';
import type {State} from '../state/state.ts';

/** Before the first look: nobody starts anything here, and what runs elsewhere is ready as it is. */
export function emptyState(at: number): State {
	const state = initialState(noPlan, {at, wallMs: Date.now(), pid: process.pid});
	return {...state, phase: 'running', runningAt: at, balancer: {...state.balancer, process: 'EXTERNAL'}};
}

/** What a lab would be planned as: of a balancer that runs elsewhere nothing is. */
const noPlan: Plan = {
	servers: [],
	service: {time: {type: 'constant', ms: 0}, concurrency: 0, settings: []},
	balancer: {engine: 'haproxy', host: '', port: 0, mode: 'connection', algorithm: 'round-robin', settings: []},
	clients: {
		...{count: 0, rate: 1, arrivals: 'constant', connect: 'per-message', depth: 1, messages: []},
		...{ackTimeoutMs: 0, retries: 0, settings: []},
	},
	log: {file: '', detail: 'off', maxSizeBytes: 0, keep: 0},
	seed: 0,
	warmupMs: 0,
	run: '',
	checks: [],
};
