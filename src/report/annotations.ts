/** What did not hold as GitHub's workflow commands, which it shows beside the line of the file. */

import {escapeText} from '../domain/escape.ts';
import type {Demand} from './demands.ts';

/** GitHub shows ten of a kind in one step. */
const shown = 10;

/** https://docs.github.com/actions/reference/workflow-commands-for-github-actions: `::error file=…,line=…,title=…::…`. */
export function annotations(name: string, demands: Demand[]): string[] {
	return demands
		.filter(({ok, group}) => ok === false || (ok === null && group !== 'ledger'))
		.slice(0, shown)
		.map(({name: demand, group, ok, why, file, line}) => {
			const place = file === undefined ? {} : {file, line: String(line)};
			const properties = Object.entries({
				...place,
				title: `lbtop ${name}: ${group} ${ok === null ? 'unknown' : 'failed'}`,
			});
			return `::error ${properties.map(([key, value]) => `${key}=${property(value!)}`).join(',')}::${data(`${demand}: ${why}`)}`;
		});
}

function data(text: string): string {
	return escapeText(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
	return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
