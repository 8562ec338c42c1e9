/** How a run's process ends: signals ask for it, the outcome decides the exit code. */

import {escapeText} from '../domain/escape.ts';
import {leave, partingMs} from '../output/leave.ts';
import {closingWords} from '../report/closing-words.ts';
import {entryText, kindWords} from '../report/kind-words.ts';
import type {Summary} from '../report/summary.ts';
import type {Outcome, Session} from '../session/session.ts';
import {t, told} from '../words/words.ts';

const signalCodes = {SIGHUP: 129, SIGINT: 130, SIGTERM: 143} as const;
type EndingSignal = keyof typeof signalCodes;

/** The first signal ends the run gently, a second at once. The returned question tells which signal it was. */
export function endOnSignals(session: Pick<Session, 'quit'>): () => EndingSignal | undefined {
	let first: EndingSignal | undefined;
	for (const signal of Object.keys(signalCodes) as EndingSignal[])
		process.on(signal, () => {
			session.quit({now: first !== undefined});
			first ??= signal;
		});
	return () => first;
}

/** When a run is over only words are left to say, maybe to someone who does not read them: a signal ends that as usual. */
export function letSignalsEnd(): void {
	for (const signal of Object.keys(signalCodes)) process.removeAllListeners(signal);
}

/** How long the last words of a run may take: as long as they do, unless a signal has asked for its end. */
export function patienceOf(signal: () => EndingSignal | undefined): {atMostMs: number | undefined} {
	return {atMostMs: signal() && partingMs};
}

/** Ends the process of a run that is over, with its exit code and, where that is not 0, why. */
export function leaveRun(outcome: Outcome, summary: Summary, signal: () => EndingSignal | undefined): Promise<never> {
	return leave(exitCodeOf(outcome, summary, signal()) || undefined, patienceOf(signal));
}

/** The exit code, with the reason on stderr where the run could not start. */
function exitCodeOf(outcome: Outcome, {checks, lost, scenario}: Summary, signal: EndingSignal | undefined): number {
	if (outcome.type === 'could-not-start') {
		complain(told(outcome.reason));
		return 4;
	}
	if (signal) return signalCodes[signal];
	const unmet = checks.filter(({ok}) => ok !== true);
	for (const {expr, ok, value} of unmet) {
		const is = {expr, value: String(value ?? t('unknown'))};
		const words =
			ok === null ? t('check cannot be judged: {expr} (is {value})', is) : t('check failed: {expr} (is {value})', is);
		complain(words);
	}
	const undone = (scenario?.entries ?? []).filter(({kind, ok}) => kind !== 'undo' && ok !== true);
	for (const {kind, line, reason, ok, ...entry} of undone) {
		const what = {kind: t(kindWords[kind]), text: entryText(entry)};
		const words = ok === null ? t('{kind} was not come to: {text}', what) : t('{kind} failed: {text}', what);
		complain(`${scenario?.file}:${line}: ${words}${reason ? ` (${told(reason)})` : ''}`);
	}
	if (lost) {
		const words = t('{count} messages were ACKed and executed by no server; lbtop verify names them', {count: lost});
		complain(words);
	}
	return lost || unmet.length > 0 || undone.length > 0 ? 3 : 0;
}

/** One line on stderr that may hold what a scenario's file says. */
function complain(words: string): void {
	print(process.stderr, `lbtop: ${escapeText(words)}`);
}

/** What stays on the terminal, or goes into the pipe, of a run that is over. */
export function printClosing(summary: Summary, {hasLesson = false} = {}): void {
	print(process.stdout, closingWords(summary, {width: process.stdout.columns, hasLesson}).join('\n'));
}

/** One line to a stream whose reader may have gone (a closed terminal, `| head`): that ends no run by itself. */
export function print(stream: NodeJS.WriteStream, text: string): void {
	if (!deaf.has(stream)) {
		deaf.add(stream);
		stream.on('error', () => {});
	}
	stream.write(`${text}\n`);
}

const deaf = new WeakSet<NodeJS.WriteStream>();
