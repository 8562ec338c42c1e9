/** `show stat`: a row for the frontend, one per server, one for the backend, as CSV, `typed` lines or JSON. */

import {csvCell, jsonValue, typedValue, type Value} from './field.ts';
import {type Figures, proxy} from './figures.ts';
import {haproxyFields, ownFields, type StatField} from './stat-fields.ts';

type Kind = {letter: 'F' | 'S' | 'B'; objType: 'Frontend' | 'Server' | 'Backend'; bit: number};
type Row = Kind & {proxyId: number; id: number; isUp: boolean; isMaint: boolean; value(field: StatField): Value};

/** Which rows: `show stat [PROXY TYPES SERVER]`, -1 meaning all, TYPES as bits; `up` and `no-maint` leave rows out. */
type StatFilter = {proxy: string; types: number; server: number; words: string[]};

const frontend: Kind = {letter: 'F', objType: 'Frontend', bit: 1};
const backend: Kind = {letter: 'B', objType: 'Backend', bit: 2};
const server: Kind = {letter: 'S', objType: 'Server', bit: 4};

const fields = [...haproxyFields, ...ownFields];

/** How `show stat` writes its rows. */
export const statFormats: Record<'csv' | 'typed' | 'json', (rows: Row[]) => string> = {
	// HAProxy ends each line with a comma, and sets `-` between the fields whose order is promised and the others.
	csv: rows => {
		const names = [...haproxyFields, '-' as const, ...ownFields].map(each => (each === '-' ? each : each.name));
		const line = (cells: string[]) => `${cells.join(',')},\n`;
		const cells = (row: Row) => [
			...haproxyFields.map(field => csvCell(row.value(field))),
			'-',
			...ownFields.map(field => csvCell(row.value(field))),
		];
		return `# ${line(names)}${rows.map(row => line(cells(row))).join('')}`;
	},
	typed: rows => {
		const lines = rows.map(row =>
			known(row)
				.map(
					({field, place, value}) =>
						`${row.letter}.${row.proxyId}.${row.id}.${place}.${field.name}.${typedValue(field, value)}\n`,
				)
				.join(''),
		);
		return lines.join('');
	},
	json: rows =>
		`${JSON.stringify(
			rows.map(row =>
				known(row).map(({field, place, value}) => ({
					...{objType: row.objType, proxyId: row.proxyId, id: row.id},
					field: {pos: place, name: field.name},
					...jsonValue(field, value),
				})),
			),
		)}\n`,
};

/** The rows of these figures that a filter lets through. */
export function statRows(figures: Figures, filter: StatFilter): Row[] {
	const {frontendId, backendId, name} = proxy;
	const general = {id: 0, isMaint: false};
	const isBackendUp = figures.servers.some(({listed}) => listed.route.state === 'UP');
	const rows: Row[] = [
		{...frontend, ...general, proxyId: frontendId, isUp: true, value: field => field.frontend?.(figures) ?? null},
		...figures.servers.map(one => ({
			...{...server, proxyId: backendId, id: one.listed.id},
			isUp: one.listed.route.state === 'UP',
			isMaint: one.listed.route.state === 'MAINT',
			value: (field: StatField) => field.server?.(one, figures) ?? null,
		})),
		{...backend, ...general, proxyId: backendId, isUp: isBackendUp, value: field => field.backend?.(figures) ?? null},
	];
	const isWanted = (row: Row) =>
		['-1', name, String(row.proxyId)].includes(filter.proxy) &&
		(filter.types & row.bit) !== 0 &&
		(filter.server === -1 || row.letter !== 'S' || filter.server === row.id) &&
		(!filter.words.includes('up') || row.isUp) &&
		(!filter.words.includes('no-maint') || !row.isMaint);
	return rows.filter(isWanted);
}

/** What `show stat …` asks for by the words behind it. */
export function readStatFilter(words: string[]): StatFilter {
	const isFiltered = words.length >= 3 && words.slice(1, 3).every(word => /^-?\d+$/.test(word));
	if (!isFiltered) return {proxy: '-1', types: -1, server: -1, words};
	const [proxyWord = '-1', types, one] = words;
	return {proxy: proxyWord, types: Number(types), server: Number(one), words: words.slice(3)};
}

function known(row: Row): {field: StatField; place: number; value: string | number}[] {
	return fields.flatMap((field, place) => {
		const value = row.value(field);
		return value === null ? [] : [{field, place, value}];
	});
}
