/** A report of a run so far, for people (Markdown) and for programs (JSON), in two files of one name. */

import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {closingWords} from '../report/closing-words.ts';
import type {Summary} from '../report/summary.ts';
import {describeIncident} from '../state/incident-words.ts';

/** `folder`: where it goes; `at`: when it is. */
type Place = {folder: string; at: Date};

/** Writes both files and gives their names; throws with what was in the way. None that is there already is written over. */
export function saveReport(summary: Summary, {folder, at}: Place): string[] {
	const name = `lbtop-${stamp(at)}`;
	const files = [
		{file: `${name}.json`, text: `${JSON.stringify(summary, null, '\t')}\n`},
		{file: `${name}.md`, text: reportText(summary, at)},
	];
	for (const {file, text} of files) {
		try {
			writeFileSync(path.join(folder, file), text, {flag: 'wx'});
		} catch (error) {
			const code = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
			throw new Error(`${path.join(folder, file)}: ${code}`);
		}
	}
	return files.map(({file}) => file);
}

function reportText(summary: Summary, at: Date): string {
	const {incidents, phase} = summary;
	const incidentWords = incidents.map(incident => `- ${incident.at} ${describeIncident(incident)}`);
	return [
		`# lbtop, ${at.toLocaleString('sv')}`,
		'',
		phase === 'running' ? 'The run goes on; this is how it stands.' : `The run is ${phase}.`,
		'',
		'```',
		...closingWords(summary),
		'```',
		'',
		`## Incidents (${incidents.length})`,
		'',
		...(incidentWords.length === 0 ? ['none'] : incidentWords),
		'',
	].join('\n');
}

/** `20261126-143337`, local time: names in the order of their making. */
function stamp(at: Date): string {
	const two = (value: number) => String(value).padStart(2, '0');
	const date = `${at.getFullYear()}${two(at.getMonth() + 1)}${two(at.getDate())}`;
	return `${date}-${two(at.getHours())}${two(at.getMinutes())}${two(at.getSeconds())}`;
}
