/** `lbtop`: the lab. A screen on a terminal, plain lines anywhere else. */

import {options} from '../cli/options/index.ts';
import {screenOptions} from '../cli/options/screen.ts';
import {errorSentence} from '../domain/system-error.ts';
import {openLogDesk} from '../log/log-desk.ts';
import {type PlainText, t, told} from '../words/words.ts';
import {type Asked, askForRun} from './ask-for-run.ts';
import {endOnSignals, leaveRun, letSignalsEnd, print} from './ending.ts';
import {leaveReports} from './leave-reports.ts';
import {openRun, readerFile} from './open-run.ts';
import {printSummary, runPlain} from './run.ts';
import {saveReport} from './save-report.ts';
import {settingsOf} from './screen-usage.ts';

const {json, lang, config} = options;
const summary =
	'A load-balancing lab: two servers, a load balancer and clients at work; break them with single keys.' satisfies PlainText;
const help = {
	name: 'lbtop',
	example: "lbtop --rate 200 --service-time exp:5ms        lbtop --server 'name=A,command=node server.js {port}'",
};

/** Runs the lab until someone ends it; then exits the process. The other commands are told in its help by `listing`. */
export async function lab(
	argv: string[],
	{listing, commands}: {listing: () => string; commands: readonly string[]},
): Promise<void> {
	const isTerminal = process.stdin.isTTY && process.stdout.isTTY && process.env.TERM !== 'dumb';
	const ui = isTerminal ? loadScreen() : undefined; // loads while ports are asked for
	const asked = await askForRun(
		{...help, commands, summary: () => `${t(summary)}\n\n${listing()}`},
		{...screenOptions, json, lang, config},
		argv,
	);
	const {values} = asked;
	// Ink's own word for it, where there is a screen to do without.
	if (values.screenReader || (isTerminal && !values.plain && process.env.INK_SCREEN_READER === 'true')) {
		const {runSpoken} = await import('./spoken-lab.ts');
		return runSpoken(openRun(asked, true), {input: process.stdin, output: process.stdout}, summary =>
			leaveReports(asked, summary),
		);
	}
	if (ui && !values.plain) return withScreen(asked, await ui);
	// With --json nothing but its object goes to stdout.
	await runPlain(asked, values.json ? process.stderr : process.stdout, summary => {
		printSummary(summary, values);
		leaveReports(asked, summary);
	});
}

async function loadScreen() {
	const [screen, settings] = await Promise.all([import('../ui/open-screen.tsx'), import('../ui/screen-settings.ts')]);
	return {...screen, ...settings};
}

async function withScreen(
	asked: Asked<typeof screenOptions & {json: typeof json}>,
	{openScreen, screenSettings}: Awaited<ReturnType<typeof loadScreen>>,
): Promise<never> {
	const {values, planned} = asked;
	const settings = settingsOf(() => screenSettings(values, process.env));
	const opened = openRun(asked, true);
	const {session} = opened;
	const folder = process.cwd();
	const screen = openScreen({
		store: session.store,
		send: async command => session.send(command, 'you'),
		quit: now => session.quit({now}),
		log: openLogDesk({file: planned.plan.log.file, program: readerFile()}),
		tell: session.screenSaid,
		save: async () => saveReport(opened.summary(), {folder, at: new Date()}),
		reportCommand: 'lbtop ctl status --json',
		settings,
	});
	const signal = endOnSignals(session);
	process.on('uncaughtException', error => {
		screen.close();
		print(process.stderr, `lbtop: ${told(errorSentence(error))}`);
		if (process.env.LBTOP_DEBUG) print(process.stderr, error.stack ?? '');
		process.exit(1);
	});
	void opened.start();
	const outcome = await session.ended;
	screen.close();
	letSignalsEnd();
	const summary = opened.summary();
	if (outcome.type === 'ended') {
		printSummary(summary, values, {hasLesson: true});
		leaveReports(asked, summary);
	}
	return leaveRun(outcome, summary, signal);
}
