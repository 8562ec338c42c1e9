/** `show info`: the fields of HAProxy's that mean something here, a row each, in its order and under its numbers. */

import {type Field, jsonValue, typedValue, type Value} from './field.ts';
import type {Figures} from './figures.ts';

/** What the process says of itself beside its counts. `maxConnections`: the most clients it lets in, said or not. */
export type ProcessFacts = {
	version: string;
	pid: number;
	node: string;
	startedWallMs: number;
	maxFiles: number | null;
	maxConnections: number;
};

type InfoField = Field & {place: number; of(figures: Figures, facts: ProcessFacts): Value};

const row = (
	place: number,
	name: string,
	tags: Field['tags'],
	type: Field['type'],
	of: InfoField['of'],
): InfoField => ({
	...{place, name, tags, type, of},
});

const seconds = (ms: number) => Math.floor(ms / 1000);

/** HAProxy's tools count on pipes, tasks and the run queue being told: there are none here. */
const rows: InfoField[] = [
	row(0, 'Name', 'POS', 'str', () => 'lbtop'),
	row(1, 'Version', 'POS', 'str', (_, {version}) => version),
	row(2, 'Release_date', 'POS', 'str', () => 'unknown'),
	row(3, 'Nbthread', 'CGS', 'u32', () => 1),
	row(4, 'Nbproc', 'CGS', 'u32', () => 1),
	row(5, 'Process_num', 'KGP', 'u32', () => 1),
	row(6, 'Pid', 'SGP', 'u32', (_, {pid}) => pid),
	row(7, 'Uptime', 'MDP', 'str', ({uptimeMs}) => uptimeText(seconds(uptimeMs))),
	row(8, 'Uptime_sec', 'MDP', 'u32', ({uptimeMs}) => seconds(uptimeMs)),
	row(11, 'PoolUsed_MB', 'MGP', 'u32', ({balancer}) => Math.round(balancer.rssBytes / 2 ** 20)),
	row(13, 'Ulimit-n', 'CLP', 'u32', (_, {maxFiles}) => maxFiles),
	row(15, 'Maxconn', 'CLP', 'u32', (_, {maxConnections}) => maxConnections),
	row(17, 'CurrConns', 'MGP', 'u32', ({balancer}) => balancer.clientConnections),
	row(18, 'CumConns', 'MCP', 'u32', ({balancer}) => balancer.accepted),
	row(23, 'Maxpipes', 'CLP', 'u32', () => 0),
	row(24, 'PipesUsed', 'MGP', 'u32', () => 0),
	row(25, 'PipesFree', 'MGP', 'u32', () => 0),
	row(26, 'ConnRate', 'MRP', 'u32', ({acceptRate}) => acceptRate.perSecond),
	row(28, 'MaxConnRate', 'MMP', 'u32', ({acceptRate}) => acceptRate.max),
	row(29, 'SessRate', 'MRP', 'u32', ({acceptRate}) => acceptRate.perSecond),
	row(31, 'MaxSessRate', 'MRP', 'u32', ({acceptRate}) => acceptRate.max),
	row(47, 'Tasks', 'MGP', 'u32', () => 0),
	row(48, 'Run_queue', 'MGP', 'u32', () => 0),
	row(50, 'node', 'COS', 'str', (_, {node}) => node),
	row(52, 'Stopping', 'MGP', 'u32', () => 0),
	row(55, 'Listeners', 'MGP', 'u32', () => 1),
	row(69, 'PoolUsed_bytes', 'MGP', 'u64', ({balancer}) => balancer.rssBytes),
	row(70, 'Start_time_sec', 'MDP', 'u32', (_, {startedWallMs}) => seconds(startedWallMs)),
];

/** In the three formats of `show info [typed|json]`. */
export function infoText(format: 'plain' | 'typed' | 'json', figures: Figures, facts: ProcessFacts): string {
	const known = rows.flatMap(field => {
		const value = field.of(figures, facts);
		return value === null ? [] : [{field, value}];
	});
	if (format === 'json') {
		const told = known.map(({field, value}) => ({
			field: {pos: field.place, name: field.name},
			...jsonValue(field, value),
		}));
		return `${JSON.stringify(told)}\n`;
	}
	const line = ({field, value}: (typeof known)[number]) =>
		format === 'typed' ? `${field.place}.${field.name}.${typedValue(field, value)}` : `${field.name}: ${value}`;
	return known.map(each => `${line(each)}\n`).join('');
}

/** `0d 0h12m37s`. */
function uptimeText(total: number): string {
	const [days, hours, minutes] = [86_400, 3600, 60].map(unit => Math.floor(total / unit));
	const two = (number: number) => String(number).padStart(2, '0');
	return `${days}d ${hours! % 24}h${two(minutes! % 60)}m${two(total % 60)}s`;
}
