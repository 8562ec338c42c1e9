/** What the lab and `lbtop run` have in common: plan to session, its checks, its scenario and its control socket. */

import {fileURLToPath} from 'node:url';
import {UsageError} from '../cli/option.ts';
import {collectNowAndThen} from '../collect.ts';
import type {ControlAnswer, ControlRequest} from '../control/protocol.ts';
import {socketPath} from '../control/socket-path.ts';
import type {Event} from '../domain/event.ts';
import {errorSentence} from '../domain/system-error.ts';
import {now} from '../part.ts';
import {createCheckWatch} from '../report/check-watch.ts';
import {judge, type Summary, summarize} from '../report/summary.ts';
import {conduct} from '../scenario/conduct.ts';
import {createPerformance} from '../scenario/performance.ts';
import {openSession, type Session} from '../session/session.ts';
import {told} from '../words/words.ts';
import type {Asked} from './ask-for-run.ts';
import {faultLines} from './ctl-faults.ts';
import {keepEvents} from './keep-events.ts';

/** `start` begins the run and opens its control socket; listeners set before it miss nothing. */
export type OpenRun = {session: Session; socket: string; start(): Promise<void>; summary(): Summary};

/** Makes the run ready to start. Throws {@link UsageError} with code 4 when the log cannot be written. */
export function openRun(
	{values, planned, checks, scenario, texts, recordScenario}: Asked<Record<never, never>>,
	showLog: boolean,
): OpenRun {
	const socket = socketPath(process.pid);
	const session = openLogged({
		...planned,
		files: programFiles(),
		showLog: showLog || values.events !== undefined,
		socket,
	});
	const watch = createCheckWatch(checks);
	const summary = () => {
		const plain = summarize(session.store.get());
		return judge(plain, watch.judge(plain));
	};
	const judgeSecond = (event: Event) => {
		if (event.type !== 'second-passed' || checks.length === 0) return;
		const judgement = watch.look(summarize(session.store.get()), event.at);
		session.judged(judgement);
		if (!judgement.stop) return;
		session.note(judgement.stop.because);
		session.quit({now: false});
	};
	if (values.events !== undefined) keepEvents(session, values.events);
	if (values.record !== undefined) recordScenario?.(session, {file: values.record, texts});
	if (scenario)
		conduct(createPerformance(scenario), {
			...session,
			now,
			summary: () => summarize(session.store.get()),
		});
	const start = async () => {
		collectNowAndThen();
		// The last to hear of a second: everybody else hears of it before what comes of it.
		session.onEvent(judgeSecond);
		for (const note of planned.notes) session.note(note);
		session.start();
		try {
			const {openControl} = await import('../control/control-server.ts');
			const control = await openControl(socket, request => answer(session, summary, request));
			process.once('exit', control.close);
		} catch (error) {
			// The run does not depend on it; that scripts cannot reach it is said where people look.
			session.note(errorSentence(error));
		}
	};
	return {session, socket, start, summary};
}

function openLogged(settings: Parameters<typeof openSession>[0]): Session {
	try {
		return openSession(settings);
	} catch (error) {
		throw new UsageError(told(errorSentence(error)), 4);
	}
}

function answer(session: Session, summary: () => Summary, request: ControlRequest): ControlAnswer {
	if (request.type === 'status') return {ok: true, status: summary()};
	if (request.type === 'faults') return {ok: true, lines: faultLines(session.store.get())};
	if (request.type === 'why') return session.why(request.id);
	return session.send(request, 'ctl');
}

const beside = (name: string) => fileURLToPath(new URL(`./${name}.js`, import.meta.url));

/** Where the thread that reads log.txt back lies. */
export function readerFile(): string {
	return beside('log-reader');
}

function programFiles() {
	return {
		server: beside('server'),
		balancer: beside('balancer'),
		clients: beside('clients'),
		audit: beside('log-audit'),
	};
}
