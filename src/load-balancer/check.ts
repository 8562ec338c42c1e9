/** One health check: connects, says what it should, and looks at the answer. */

import {escapeText} from '../domain/escape.ts';
import {trunkMark} from '../domain/message.ts';
import type {CheckStatus, LastCheck} from '../domain/tick.ts';
import {phrase} from '../words/words.ts';
import type {Clock} from './clock.ts';
import type {CheckQuestion} from './health-settings.ts';
import {causeOf, isOurFault, type Transport} from './transport.ts';

/** What a check found. `speaksTrunk`: the answer announced the trunk. */
export type Finding = LastCheck & {isWell: boolean; speaksTrunk: boolean};

type CheckOptions = {
	host: string;
	port: number;
	timeoutMs: number;
	question: CheckQuestion;
	transport: Transport;
	clock: Clock;
};

/** An answer that is longer than this and not what was expected is none. */
const maxAnswerBytes = 4096;

/** `found` is called once, unless the check is cancelled by what this gives back. */
export function startCheck(options: CheckOptions, found: (finding: Finding) => void): () => void {
	const {host, port, timeoutMs, question, transport, clock} = options;
	const startedAt = clock.now();
	let answer = '';
	let isConnected = false;
	let isOver = false;

	const cancel = () => {
		isOver = true;
		cancelTimer();
		connection.destroy();
	};
	const end = (status: CheckStatus, text: string) => {
		if (isOver) return;
		cancel();
		const isWell = status === 'L4OK' || status === 'L7OK';
		found({status, text, ms: clock.now() - startedAt, isWell, speaksTrunk: isWell && announcesTrunk(answer)});
	};

	const judge = ({isEnded}: {isEnded: boolean}) => {
		if (question.type === 'connect') return;
		const {expect} = question;
		if (expect === null ? answer.includes('\n') || (isEnded && answer !== '') : answer.includes(expect)) {
			end('L7OK', phrase('answered its check'));
		} else if (isEnded) {
			end('L7RSP', answer === '' ? phrase('connection closed without an answer') : otherwise(answer));
		} else if (answer.length > maxAnswerBytes) {
			end('L7RSP', expect === null ? phrase('its answer to a check has no end') : otherwise(answer));
		}
	};

	const giveUp = () => {
		if (!isConnected) end('L4TOUT', phrase('connection timed out'));
		else if (answer === '') end('L7TOUT', phrase('no answer to its check'));
		else if (question.type === 'exchange' && question.expect === null) end('L7RSP', unended(answer));
		else end('L7RSP', otherwise(answer));
	};
	// After a rest of this process (it was suspended, or had no time) timers come first: what has arrived is read before the verdict.
	let cancelTimer = clock.after(timeoutMs, () => {
		cancelTimer = clock.after(0, giveUp);
	});
	const connection = transport.connect(
		// The check's own time is over first: it tells more.
		{host, port, timeoutMs: timeoutMs * 2, isFleeting: true},
		{
			connected: () => {
				isConnected = true;
				if (question.type === 'connect') end('L4OK', phrase('accepted a connection'));
			},
			received: bytes => {
				if (isOver) return;
				answer += bytes.toString('latin1');
				judge({isEnded: false});
			},
			ended: () => judge({isEnded: true}),
			failed: error => {
				if (isOurFault(error)) end('SOCKERR', causeOf(error));
				else if (isConnected) end('L7RSP', causeOf(error));
				else end('L4CON', causeOf(error));
			},
		},
	);
	if (question.type === 'exchange' && question.send !== '') connection.write(question.send, 'latin1');
	return cancel;
}

/** What it said instead. */
function otherwise(answer: string): string {
	return phrase('answered its check otherwise: {text}', {text: beginningOf(answer)});
}

/** It said something, and neither ended the line nor closed. */
function unended(answer: string): string {
	return phrase('answered its check without a newline: {text}', {text: beginningOf(answer)});
}

/** Of an answer, for people: the beginning, safe to show. */
function beginningOf(answer: string): string {
	const beginning = Buffer.from(answer.slice(0, shownBytes), 'latin1').toString('utf8').trimEnd();
	return `${escapeText(beginning)}${answer.length > shownBytes ? ' …' : ''}`;
}

const shownBytes = 40;

function announcesTrunk(answer: string): boolean {
	return answer.split('\n', 1)[0]!.trimEnd().endsWith(` ${trunkMark}`);
}
