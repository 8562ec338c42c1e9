/** Writes down what people and scripts ask of a run, as a scenario. */

import {writeFileSync} from 'node:fs';
import {UsageError} from '../cli/option.ts';
import type {Texts} from '../cli/option-row.ts';
import {planOptions} from '../cli/options/index.ts';
import {errorWords} from '../domain/system-error.ts';
import {type RecordedCommand, writeRecording} from '../scenario/recording.ts';
import type {Session} from '../session/session.ts';
import {phrase} from '../words/words.ts';
import {unwritable} from './unwritable.ts';

/** The file is whole after each command. Throws {@link UsageError} with code 4 when it cannot be written. */
export function recordScenario(
	session: Pick<Session, 'onEvent' | 'note'>,
	{file, texts}: {file: string; texts: Texts},
): void {
	const rows: Record<string, {many?: boolean; flags: string}> = planOptions;
	const given = Object.fromEntries(
		Object.entries(texts).flatMap(([key, all]) => {
			const row = rows[key];
			return row ? [[key, row.many ? all : all[0]!]] : [];
		}),
	);
	const commands: RecordedCommand[] = [];
	let readyAt: number | undefined;
	const write = (lastedMs?: number) =>
		writeFileSync(file, writeRecording({given, commands, ...(lastedMs === undefined ? {} : {lastedMs})}));
	try {
		write();
	} catch (error) {
		throw new UsageError(unwritable('--record', file, error), 4);
	}
	session.onEvent(event => {
		const isReady = event.type === 'phase-changed' && event.phase === 'running';
		const isEnding = event.type === 'phase-changed' && event.phase === 'stopping';
		if (isReady) readyAt = event.at;
		const isAsked = event.type === 'commanded' && event.by !== 'lbtop' && event.by !== 'signal';
		if (readyAt === undefined || (!isEnding && !isAsked)) return;
		if (isAsked && event.command.type === 'quit') return; // `for` ends it
		if (isAsked) commands.push({atMs: event.at - readyAt, command: event.command});
		try {
			write(event.at - readyAt);
		} catch (error) {
			session.note(phrase('--record {file}: {why}', {file, why: errorWords(error)}));
		}
	});
}
