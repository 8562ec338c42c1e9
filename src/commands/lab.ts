/** `lbtop`: the lab. A screen on a terminal, plain lines anywhere else. */

import {options} from '../cli/options/index.ts';
import {closingWords} from '../report/closing-words.ts';
import {endOnSignals, exitCodeOf, print} from './ending.ts';
import {leaveReports} from './leave-reports.ts';
import {type Asked, askForRun, openRun} from './open-run.ts';
import {endless, runPlain} from './run.ts';

const {plain, ascii, lang, color, config} = options;
const help = {
	name: 'lbtop',
	summary: 'A load-balancing lab: two servers, a load balancer and clients at work; break them with single keys.',
	example: "lbtop --rate 200 --service-time exp:5ms        lbtop --server 'name=A,command=node server.js {port}'",
};

/** Runs the lab until someone ends it; then exits the process. `commands` is told in the help. */
export async function lab(argv: string[], commands: string): Promise<void> {
	const isTerminal = process.stdin.isTTY && process.stdout.isTTY && process.env.TERM !== 'dumb';
	const ui = isTerminal ? loadScreen() : undefined; // loads while ports are asked for
	const asked = await askForRun(
		{...help, summary: `${help.summary}\n\n${commands}`},
		{plain, ascii, lang, color, config},
		argv,
	);
	const {values, planned, scenario} = asked;
	if (ui && !values.plain) return withScreen(asked, await ui);
	if (planned.plan.forMs === undefined && !scenario) print(process.stdout, endless);
	await runPlain(openRun(asked, false), process.stdout, summary => {
		print(process.stdout, closingWords(summary).join('\n'));
		leaveReports(asked, summary);
	});
}

async function loadScreen() {
	const [{openScreen}, {wantsColor}] = await Promise.all([import('../ui/open-screen.tsx'), import('../ui/theme.ts')]);
	return {openScreen, wantsColor};
}

async function withScreen(
	asked: Asked<{ascii: typeof ascii; color: typeof color}>,
	{openScreen, wantsColor}: Awaited<ReturnType<typeof loadScreen>>,
): Promise<never> {
	const opened = openRun(asked, true);
	const {session} = opened;
	const {values} = asked;
	const screen = openScreen({
		store: session.store,
		send: async command => session.send(command, 'you'),
		quit: now => session.quit({now}),
		settings: {
			ascii: values.ascii === true,
			color: wantsColor(process.env, {noColor: values.color === false}),
		},
	});
	const signal = endOnSignals(session);
	process.on('uncaughtException', error => {
		screen.close();
		print(process.stderr, `lbtop: ${error.message}`);
		if (process.env.LBTOP_DEBUG) print(process.stderr, error.stack ?? '');
		process.exit(1);
	});
	void opened.start();
	const outcome = await session.ended;
	screen.close();
	const summary = opened.summary();
	if (outcome.type === 'ended') {
		print(process.stdout, closingWords(summary).join('\n'));
		leaveReports(asked, summary);
	}
	process.exit(exitCodeOf(outcome, summary, signal()) || process.exitCode);
}
