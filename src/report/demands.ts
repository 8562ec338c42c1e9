/** All that was demanded of a run, and what came of it, in one list: what CI is told, in whatever form it likes. */

import type {CheckResult} from '../domain/check.ts';
import type {Summary} from './summary.ts';

/** `ok` null: it cannot be said. `line`: where the scenario's file demands it. `why` is there for what did not hold. */
export type Demand = {name: string; group: string; ok: boolean | null; why: string; file?: string; line?: number};

/** `checkLines`: lines in the scenario's file of the first checks; the others were given elsewhere. */
export function demandsOf(summary: Summary, checkLines: number[]): Demand[] {
	const {scenario, lost, checks} = summary;
	const entries = (scenario?.entries ?? []).filter(({kind}) => kind !== 'undo');
	return [
		...entries.map(({kind, text, line, ok, reason}) => ({
			name: text,
			group: kind,
			ok,
			why: reason ?? (ok === null ? 'the run never came to it' : ''),
			...{file: scenario!.file, line},
		})),
		...checks.map((check, index) => ({
			name: check.expr,
			group: 'check',
			ok: check.ok,
			why: whyNot(check),
			...(scenario && index < checkLines.length ? {file: scenario.file, line: checkLines[index]!} : {}),
		})),
		{
			name: 'nothing is lost',
			group: 'ledger',
			ok: lost === null ? null : lost === 0,
			why:
				lost === null
					? `the ledger cannot tell: ${summary.ledgerReasons.join('; ')}`
					: lost === 0
						? ''
						: `${lost} messages were ACKed and executed by no server`,
		},
	];
}

function whyNot({ok, value}: CheckResult): string {
	if (ok === true) return '';
	return ok === null ? 'cannot be judged: the value is unknown' : `is ${String(value)}`;
}
