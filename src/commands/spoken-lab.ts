/**
 * `lbtop --screen-reader`: the lab for who listens. Sentences that stay where they are, one below the other, and commands
 * typed as lines with the terminal's own echo: nothing is ever drawn anew.
 */

import {createInterface} from 'node:readline';
import {readCommand, readName} from '../domain/command-text.ts';
import {parseDuration} from '../domain/duration.ts';
import {escapeText} from '../domain/escape.ts';
import {openLines} from '../output/lines.ts';
import {closingWords} from '../report/closing-words.ts';
import {eventSentences, partSentences, statusSentences} from '../report/sentences.ts';
import type {Summary} from '../report/summary.ts';
import {t} from '../words/words.ts';
import {endOnSignals, leaveRun, letSignalsEnd, patienceOf} from './ending.ts';
import type {OpenRun} from './open-run.ts';

/** How long nothing is said of how the run stands, unless someone asks. */
const usualPaceMs = 60_000;

type Streams = {input: NodeJS.ReadStream; output: NodeJS.WriteStream};

/** Runs to the end, as asked for in sentences; then exits the process. `close` leaves what else a run leaves. */
export async function runSpoken(opened: OpenRun, streams: Streams, close: (summary: Summary) => void): Promise<never> {
	const {session} = opened;
	const spoken = openLines(streams.output);
	const say = (sentences: string[]) => sentences.length > 0 && spoken.print(sentences.join('\n'));
	const conversation = createConversation(opened);
	say([t('lbtop without a screen. Type help and Enter for what can be typed.')]);
	session.onEvent((event, state) => {
		say(eventSentences(state, event));
		if (event.type === 'second-passed') say(conversation.onSecond());
	});
	const signal = endOnSignals(session);
	const lines = createInterface({input: streams.input, terminal: false});
	lines.on('line', line => say(conversation.onLine(line)));
	// Ctrl-D; where commands come from a pipe or a file, its end is not the run's.
	lines.on('close', () => streams.input.isTTY && session.quit({now: false}));
	void opened.start();
	const outcome = await session.ended;
	letSignalsEnd();
	const summary = opened.summary();
	if (outcome.type === 'ended') {
		say(closingWords(summary));
		await spoken.taken(patienceOf(signal));
		close(summary);
	}
	return leaveRun(outcome, summary, signal);
}

type Conversation = {onLine(line: string): string[]; onSecond(): string[]};

/** What is answered to each line, and what is said by itself. */
function createConversation({session}: Pick<OpenRun, 'session'>): Conversation {
	let paceMs: number | undefined = usualPaceMs;
	let saidAt = session.store.get().now;
	const status = () => {
		saidAt = session.store.get().now;
		return statusSentences(session.store.get());
	};
	const setPace = (text: string) => {
		const ms = text === 'off' ? undefined : (parseDuration(text) ?? Number.NaN);
		if (ms !== undefined && !(ms >= 1000)) return [t("It is 'every 30s', at least 1s, or 'every off'.")];
		paceMs = ms;
		return [
			ms === undefined ? t('The status is said when asked for.') : t('The status is said every {time}.', {time: text}),
		];
	};
	const log = (text: string) => {
		const count = text === '' ? 5 : Number(text);
		if (!Number.isInteger(count) || count < 1) return [t("It is 'log', or 'log 20' for the last 20 lines.")];
		const lines = session.store.get().log.lines.slice(-count).map(escapeText);
		return lines.length > 0 ? lines : [t('log.txt has no lines yet.')];
	};
	const command = (line: string) => {
		if (!readName(line)) return [t("'{line}' is no command. Type help and Enter.", {line: escapeText(line)})];
		const read = readCommand(line);
		if (!read.ok) return [`${read.reason}.`];
		if (read.command.type === 'quit') session.quit({now: read.command.now});
		// What comes of it, a refusal too, is told by its events.
		else session.send(read.command, 'you');
		return [];
	};
	const questions: Record<string, (argument: string) => string[]> = {
		help: () => [
			t('status says how the run stands; servers, how each part does; log, the last lines of log.txt.'),
			t(
				"every 30s has the status said so often; every off, only when asked for. quit ends the run; 'quit now', at once.",
			),
			t(
				'To do something, type: start, stop, kill, restart, pause, resume, drain, maint, ready and the name of a server.',
			),
			t(
				'Also: rate 100, algorithm p2c, weight server-1 2, fault server-1 slow 200ms, undo server-1, and all that lbtop ctl takes.',
			),
		],
		status,
		servers: () => partSentences(session.store.get()),
		log,
		every: setPace,
	};
	return {
		onLine: line => {
			const [word = '', ...rest] = line.trim().split(/\s+/);
			if (word === '') return [];
			const question = Object.hasOwn(questions, word) ? questions[word] : undefined;
			if (question && !(word === 'servers' && rest.length > 0)) return question(rest.join(' '));
			return command(line.trim());
		},
		onSecond: () => {
			const isDue = paceMs !== undefined && session.store.get().now - saidAt >= paceMs;
			return isDue && session.store.get().phase === 'running' ? status() : [];
		},
	};
}
