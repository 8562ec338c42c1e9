/** Asks a running lab something over its control socket. */

import {createConnection} from 'node:net';
import {errorWords} from '../domain/system-error.ts';
import {phrase} from '../words/words.ts';
import {type ControlAnswer, type ControlRequest, maxControlLine} from './protocol.ts';

/** So long an answer is waited for. */
const usualWaitMs = 5000;

/** The lab's answer. Rejects with a sentence when there is no lab at the path or it does not answer. */
export function ask(
	file: string,
	request: ControlRequest,
	{waitMs = usualWaitMs}: {waitMs?: number} = {},
): Promise<ControlAnswer> {
	return new Promise((resolve, reject) => {
		const socket = createConnection(file);
		let text = '';
		const fail = (why: string) => {
			socket.destroy();
			reject(new Error(phrase('control socket {file}: {why}', {file, why})));
		};
		socket.setEncoding('utf8');
		socket.setTimeout(waitMs, () =>
			fail(phrase('no answer within {seconds} s; is the lab paused?', {seconds: waitMs / 1000})),
		);
		socket.on('error', (error: NodeJS.ErrnoException) =>
			fail(phrase('no lab listens there: {why}', {why: errorWords(error)})),
		);
		socket.on('connect', () => socket.write(`${JSON.stringify(request)}\n`));
		socket.on('end', () => fail(phrase('the lab ended before it answered')));
		socket.on('data', (chunk: string) => {
			text += chunk;
			const end = text.indexOf('\n');
			if (end < 0 && text.length <= maxControlLine) return;
			socket.destroy();
			if (end < 0) return fail(phrase('its answer is too long'));
			const answer = answerOf(text.slice(0, end));
			if (answer) resolve(answer);
			else fail(phrase('what listens there is no lab'));
		});
	});
}

/** What a lab says; undefined: the words of something else, such as a balancer's stats socket. */
function answerOf(line: string): ControlAnswer | undefined {
	try {
		const answer: unknown = JSON.parse(line);
		return typeof answer === 'object' && answer !== null && 'ok' in answer ? (answer as ControlAnswer) : undefined;
	} catch {
		return undefined;
	}
}
