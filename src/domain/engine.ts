/** Who balances: lbtop's own balancer or another program in its place, and what of a lab each can do, a row each. */

import type {PlainPhrase} from '../words/words.ts';
import type {AlgorithmName} from './algorithm.ts';
import type {Command} from './command.ts';

export const engineNames = ['embedded', 'haproxy'] as const;
export type EngineName = (typeof engineNames)[number];

/**
 * `title`: its own name, where it is another program. `refusals`: why it does not do what can be asked of a lab; what is not
 * named it does.
 */
type Engine = {title?: string; refusals: Partial<Record<Command['type'] | 'wire-fault' | 'why', PlainPhrase>>};

const haproxysOwn: PlainPhrase =
	'HAProxy has the servers it was started with; start the lab with other --server or --servers';

export const engines: Record<EngineName, Engine> = {
	embedded: {refusals: {}},
	haproxy: {
		title: 'HAProxy',
		refusals: {
			algorithm: 'HAProxy takes its algorithm when it starts; start the lab with another --algorithm',
			address: haproxysOwn,
			'add-server': haproxysOwn,
			'remove-server': haproxysOwn,
			'wire-fault': "only lbtop's own balancer can break its wires, not HAProxy; use --engine embedded",
			why: 'HAProxy does not say why it chose a server; use --engine embedded',
		},
	},
};

/** How HAProxy calls each of our algorithms that it has. It draws the two of `random(2)` with replacement. */
export const haproxyAlgorithms: Partial<Record<AlgorithmName, string>> = {
	'round-robin': 'roundrobin',
	'least-connections': 'leastconn',
	random: 'random(1)',
	p2c: 'random(2)',
	'p2c:replace': 'random(2)',
	'source-hash': 'source',
	first: 'first',
};
