/** What was done to a run, as a scenario that does it again. */

import {stringify} from 'yaml';
import type {Command} from '../domain/command.ts';
import {writeCommand} from '../domain/command-text.ts';

/** `atMs`: since the run's parts were ready. */
export type RecordedCommand = {atMs: number; command: Command};

/** `given`: the options that the run was made with, word for word by their keys. `lastedMs`: absent while it runs. */
type Recording = {given: Record<string, string | string[]>; commands: RecordedCommand[]; lastedMs?: number};

/** The file's text. */
export function writeRecording({given: {check, ...given}, commands, lastedMs}: Recording): string {
	const plan = Object.fromEntries(Object.entries(given).map(([key, value]) => [key, plainValue(value)]));
	const scenario = {
		title: 'Recorded',
		...plan,
		...(lastedMs === undefined ? {} : {for: written(lastedMs)}),
		...(commands.length === 0
			? {}
			: {steps: commands.map(({atMs, command}) => ({at: written(atMs), do: writeCommand(command)}))}),
		...(check === undefined ? {} : {checks: [check].flat()}),
	};
	return stringify(scenario, {lineWidth: 0});
}

function written(ms: number): string {
	return `${Math.max(0, Math.round(ms))}ms`;
}

/** A number as a number, so that the file reads as one would write it. */
function plainValue(value: string | string[]): unknown {
	if (Array.isArray(value)) return value;
	return String(Number(value)) === value ? Number(value) : value;
}
