/** What the load balancer is told, alone in a terminal or by a lab that starts it. */

import {type AlgorithmName, algorithmNames, type HashKey} from '../../domain/algorithm.ts';
import type {Mode} from '../../domain/plan.ts';
import {t} from '../../words/words.ts';
import {oneOf, row} from '../option-kinds.ts';
import type {Rows} from '../option-row.ts';
import {connectionSettings} from './connection.ts';
import {flowSettings} from './flow.ts';
import {healthSettings} from './health.ts';

/** Settings that mean something to lbtop itself too: they are part of a plan. */
export const balancerOptions = {
	mode: row<Mode>(
		'--mode <MODE>',
		'what is balanced: message or connection',
		oneOf('message', 'connection'),
		'message',
	),
	algorithm: row<AlgorithmName>(
		'--algorithm <NAME>',
		() => t('who is next: {names}', {names: algorithmNames.join(', ')}),
		oneOf(...algorithmNames),
		'round-robin',
	),
} satisfies Rows;

/** Settings that a lab hands on to its balancer as they were given. */
export const balancerSettings = {
	hashKey: row<HashKey>(
		'--hash-key <PART>',
		'what hashing goes by: client (c7 of the ID c7-1420), id, key (the word key=VALUE) or address; address where there is none',
		oneOf('client', 'id', 'key', 'address'),
		'client',
	),
	...healthSettings,
	...flowSettings,
	transport: row(
		'--transport <NAME>',
		"how it reaches TCP: fast (on Node's own handles), public (on Node's documented API) or auto (fast where it works)",
		oneOf('auto', 'fast', 'public'),
		'auto',
	),
	...connectionSettings,
} satisfies Rows;
