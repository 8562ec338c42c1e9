import type {AlgorithmName} from '../../domain/algorithm.ts';
import type {Algorithm} from './algorithm.ts';
import {boundedLoad} from './bounded-load.ts';
import {first} from './first.ts';
import {hashAlgorithm} from './hash-table.ts';
import {joinIdleQueue} from './join-idle-queue.ts';
import {leastConnections} from './least-connections.ts';
import {maglev} from './maglev.ts';
import {peakEwma} from './peak-ewma.ts';
import {random} from './random.ts';
import {ring} from './ring-hash.ts';
import {roundRobin} from './round-robin.ts';
import {sourceHash} from './source-hash.ts';
import {powerOfTwo} from './two-choices.ts';
import {weightedLeastRequest} from './weighted-least-request.ts';

/** Every algorithm there is, by the name users give it. Each call makes a fresh one with its own memory. */
export const algorithms: Record<AlgorithmName, () => Algorithm> = {
	'round-robin': roundRobin,
	'least-connections': leastConnections,
	random,
	p2c: () => powerOfTwo({mayRepeat: false}),
	'p2c:replace': () => powerOfTwo({mayRepeat: true}),
	'weighted-least-request': weightedLeastRequest,
	'peak-ewma': () => peakEwma('two'),
	'peak-ewma:scan': () => peakEwma('scan'),
	'source-hash': sourceHash,
	'ring-hash': () => hashAlgorithm(ring),
	maglev: () => hashAlgorithm(maglev),
	'bounded-load': () => boundedLoad(ring),
	'bounded-load:maglev': () => boundedLoad(maglev),
	'join-idle-queue': joinIdleQueue,
	first,
};
