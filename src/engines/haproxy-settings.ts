/** What of a lab's options HAProxy can do: asked once, at the door. */

import {readOptions, UsageError, type Values} from '../cli/option.ts';
import {balancerSettings} from '../cli/options/balancer.ts';
import type {AlgorithmName} from '../domain/algorithm.ts';
import {haproxyAlgorithms} from '../domain/engine.ts';
import type {Mode, Plan} from '../domain/plan.ts';
import {t} from '../words/words.ts';
import {findProgram} from './find-program.ts';

/** Settings of a balancer that mean the same to HAProxy: their words are its own. */
const taken = [
	...(['inter', 'fastinter', 'downinter', 'checkTimeout', 'rise', 'fall', 'spreadChecks'] as const),
	...(['checkSend', 'checkExpect', 'checkConnect', 'observe', 'errorLimit', 'onError', 'slowstart'] as const),
	...(['maxconn', 'serverMaxconn', 'queueTimeout', 'connectTimeout', 'redeliveries'] as const),
	...(['clientTimeout', 'serverTimeout', 'halfCloseTimeout', 'onMarkedDown'] as const),
];

/** The values of those settings. */
export type HaproxySettings = Pick<Values<typeof balancerSettings>, (typeof taken)[number]>;

/** A plan's settings of its balancer, read as its own balancer reads them. */
export function haproxySettings({balancer, clients}: Pick<Plan, 'balancer' | 'clients'>): HaproxySettings {
	const {values, given} = readOptions(asked, balancerSettings, balancer.settings, {}, {});
	if (given.has('connectTimeout')) return values;
	// HAProxy pauses as long before it tries the only other server that is left: a client must not have given up by then.
	return {...values, connectTimeout: Math.min(values.connectTimeout, Math.ceil(clients.ackTimeoutMs / 2))};
}

const asked = {name: 'haproxy', summary: () => '', example: ''};

/** The program's file. Throws {@link UsageError} with exit code 4 where there is none. */
export function haproxyFile(): string {
	const file = findProgram('haproxy');
	if (file !== undefined) return file;
	throw new UsageError(t('command not found: {program}; install it, or --engine embedded', {program: 'haproxy'}), 4);
}

/** What HAProxy balances. Throws {@link UsageError} where something is asked that it does not do, or it is not installed. */
export function admitToHaproxy(values: {mode: Mode; algorithm: AlgorithmName}, given: Set<string>): Mode {
	if (given.has('mode') && values.mode === 'message')
		throw new UsageError(
			t(
				'--mode message: HAProxy balances connections and reads no messages; leave --mode out, or use --engine embedded',
			),
		);
	if (haproxyAlgorithms[values.algorithm] === undefined)
		throw new UsageError(
			t('--algorithm {name}: HAProxy has none such; with --engine haproxy it is one of {names}', {
				...{
					name: values.algorithm,
					names: Object.keys(haproxyAlgorithms).join(', '),
				},
			}),
		);
	const known = new Set<string>(taken);
	const strange = Object.entries(balancerSettings).find(([key]) => given.has(key) && !known.has(key));
	if (strange)
		throw new UsageError(
			t('{option}: HAProxy does nothing of the kind here; leave it out, or use --engine embedded', {
				option: /--[\w-]+/.exec(strange[1].flags)![0],
			}),
		);
	haproxyFile();
	return 'connection';
}
