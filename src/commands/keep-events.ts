/** Keeps a run's events in a file, for `lbtop replay`. */

import {closeSync, openSync, writeSync} from 'node:fs';
import {UsageError} from '../cli/option.ts';
import {errorWords} from '../domain/system-error.ts';
import type {Session} from '../session/session.ts';
import {beginningLine, eventLine} from '../state/event-lines.ts';
import {phrase} from '../words/words.ts';
import {unwritable} from './unwritable.ts';

const everyMs = 250;

/** Writes from now on to the end of the process. Throws {@link UsageError} with code 4 when the file cannot be made. */
export function keepEvents(session: Pick<Session, 'store' | 'onEvent' | 'note'>, file: string): void {
	const descriptor = openFor(file);
	let waiting = [beginningLine(session.store.get())];
	let isOpen = true;
	const write = () => {
		if (!isOpen || waiting.length === 0) return;
		const lines = waiting;
		waiting = [];
		try {
			writeSync(descriptor, `${lines.join('\n')}\n`);
		} catch (error) {
			isOpen = false;
			const why = errorWords(error);
			session.note(phrase('--events {file}: {why}; what happens from now on is not kept', {file, why}));
		}
	};
	session.onEvent(event => {
		if (isOpen) waiting.push(eventLine(event));
	});
	const timer = setInterval(write, everyMs);
	timer.unref();
	process.once('exit', () => {
		clearInterval(timer);
		write();
		closeSync(descriptor);
	});
}

function openFor(file: string): number {
	try {
		return openSync(file, 'w');
	} catch (error) {
		throw new UsageError(unwritable('--events', file, error), 4);
	}
}
