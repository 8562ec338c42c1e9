/** What a run leaves behind for CI. */

import {writeFileSync} from 'node:fs';
import {errorWords} from '../domain/system-error.ts';
import {annotations} from '../report/annotations.ts';
import {demandsOf} from '../report/demands.ts';
import {junitXml} from '../report/junit.ts';
import type {Summary} from '../report/summary.ts';
import {t, told} from '../words/words.ts';
import type {Asked} from './ask-for-run.ts';
import {print} from './ending.ts';

type Wanted = Pick<Asked<Record<never, never>>, 'values' | 'scenario'>;

/** Writes what was asked for. A file that cannot be written is told, and makes the exit code 1 where it would be 0. */
export function leaveReports({values, scenario}: Wanted, summary: Summary): void {
	const name = scenario?.name ?? 'run';
	const demands = demandsOf(summary, scenario?.checkLines ?? []);
	if (values.annotations || process.env.GITHUB_ACTIONS === 'true')
		for (const line of annotations(name, demands)) print(process.stderr, line);
	if (values.junit === undefined) return;
	try {
		writeFileSync(values.junit, junitXml({...summary, name, demands}));
	} catch (error) {
		const file = {option: '--junit', file: values.junit, why: told(errorWords(error))};
		print(process.stderr, `lbtop: ${t('{option} {file}: cannot be written: {why}; name another file', file)}`);
		process.exitCode = 1;
	}
}
