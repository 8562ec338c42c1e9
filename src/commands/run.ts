/** `lbtop run`: the lab with no screen. Progress on stderr, the summary on stdout, a verdict as exit code. */

import type {CommandHelp} from '../cli/option.ts';
import type {Rows} from '../cli/option-row.ts';
import {options} from '../cli/options/index.ts';
import {openLines} from '../output/lines.ts';
import {plainLine} from '../report/plain-lines.ts';
import type {Summary} from '../report/summary.ts';
import {t} from '../words/words.ts';
import {type Asked, askForRun} from './ask-for-run.ts';
import {endOnSignals, leaveRun, letSignalsEnd, patienceOf, print, printClosing} from './ending.ts';
import {leaveReports} from './leave-reports.ts';
import {openRun} from './open-run.ts';

const {json, lang, color, config, list} = options;
/** What the lab takes too, so that one command line does for both. */
const noScreen = {
	plain: {...options.plain, help: 'plain lines: a run has no others'},
	ascii: {...options.ascii, help: 'ASCII only: a run draws nothing'},
} satisfies Rows;
const help: CommandHelp = {
	name: 'lbtop run',
	summary:
		'Runs the lab, or a scenario (a file, or a name of --list), without a screen: progress on stderr, a summary on stdout, exit code 3 when a check fails.',
	example: "lbtop run --for 10s --rate 500 --check 'failed==0' --json",
};

/** Runs to the end of `--for`, or until a signal; then exits the process. */
export async function run(argv: string[]): Promise<void> {
	if (argv.includes('--list')) return print(process.stdout, (await import('./scenario-files.ts')).listScenarios());
	const asked = await askForRun(help, {json, ...noScreen, lang, color, config, list}, argv);
	await runPlain(asked, process.stderr, summary => {
		printSummary(summary, asked.values);
		leaveReports(asked, summary);
	});
}

/** What stands on stdout in the end: one JSON object where that is asked for, otherwise the closing words. */
export function printSummary(
	summary: Summary,
	{json}: {json?: boolean | undefined},
	closing?: Parameters<typeof printClosing>[1],
): void {
	if (json) print(process.stdout, JSON.stringify(summary));
	else printClosing(summary, closing);
}

/** Plain lines while the run lasts, the closing words after it, then the exit. */
export async function runPlain(
	asked: Asked<Rows>,
	stream: NodeJS.WriteStream,
	close: (summary: Summary) => void,
): Promise<never> {
	const lines = openLines(stream);
	const opened = openRun(asked, false);
	const {session} = opened;
	if (asked.planned.plan.forMs === undefined && !asked.scenario)
		lines.print(`lbtop: ${t('runs until Ctrl-C; give it an end with --for 30s')}`);
	lines.print(`lbtop: ${t('control socket {file}', {file: opened.socket})}`);
	session.onEvent((event, state) => {
		const line = plainLine(state, event);
		if (line !== undefined) lines.print(line);
	});
	const signal = endOnSignals(session);
	void opened.start();
	const outcome = await session.ended;
	letSignalsEnd();
	await lines.taken(patienceOf(signal));
	const summary = opened.summary();
	if (outcome.type === 'ended') close(summary);
	return leaveRun(outcome, summary, signal);
}
