/** Why the balancer gave a message to that server: read back from the log, where it wrote it when it chose. */

import type {CommandResult} from '../domain/command.ts';
import type {LogPlan} from '../domain/plan.ts';
import {errorWords} from '../domain/system-error.ts';
import {clockOf, type LogLine} from '../log/log-line.ts';
import {findLines, searchedBytes} from '../log/log-search.ts';
import {phrase} from '../words/words.ts';

export type Why = {ok: true; lines: string[]} | Extract<CommandResult, {ok: false}>;

/** A line for each time that a recent message was given to a server, oldest first; or why that is not known. */
export function whyOf({file, detail}: LogPlan, id: string): Why {
	if (detail !== 'all')
		return {ok: false, reason: phrase("the balancer's choices are not in the log; start with --log-detail all")};
	try {
		const lines = findLines(file, {label: 'Forwarded', id});
		if (lines.length > 0) return {ok: true, lines: lines.map(text)};
		const size = `${searchedBytes / 1024 / 1024} MB`;
		return {
			ok: false,
			reason: phrase('the last {size} of {file} hold no choice for a message with the ID {id}', {size, file, id}),
		};
	} catch (error) {
		return {ok: false, reason: phrase('{file} could not be read: {why}', {file, why: errorWords(error)})};
	}
}

function text({wallMs, text: server, values}: LogLine): string {
	const {algorithm, why} = values ?? {};
	return phrase('{time} {server} by {algorithm}: {why}', {
		...{time: clockOf(wallMs), server, algorithm: String(algorithm), why: String(why)},
	});
}
