/** What a run leaves behind for CI. */

import {writeFileSync} from 'node:fs';
import {annotations} from '../report/annotations.ts';
import {demandsOf} from '../report/demands.ts';
import {junitXml} from '../report/junit.ts';
import type {Summary} from '../report/summary.ts';
import type {Asked} from './ask-for-run.ts';
import {print} from './ending.ts';
import {unwritable} from './unwritable.ts';

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
		print(process.stderr, `lbtop: ${unwritable('--junit', values.junit, error)}`);
		process.exitCode = 1;
	}
}
