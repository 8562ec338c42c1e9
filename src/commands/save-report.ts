/** A report of a run so far, for people (Markdown) and for programs (JSON), in two files of one name. */

import {closeSync, openSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {formatClock} from '../domain/duration.ts';
import {codeWords} from '../domain/system-error.ts';
import {closingWords} from '../report/closing-words.ts';
import type {Summary} from '../report/summary.ts';
import {describeIncident} from '../state/incident-words.ts';
import type {SavedReport} from '../ui/saved-report.ts';
import {t, told} from '../words/words.ts';

/** `folder`: where it goes; `at`: when it is. */
type Place = {folder: string; at: Date};

/** Writes both files, or neither. None that is there already is written over: who saves twice in a second has two reports. */
export function saveReport(summary: Summary, {folder, at}: Place): SavedReport {
	const texts = {json: `${JSON.stringify(summary, null, '\t')}\n`, md: reportText(summary, at)};
	for (let number = 1; ; number++) {
		const name = `lbtop-${stamp(at)}${number === 1 ? '' : `-${number}`}`;
		const files = Object.entries(texts).map(([ending, text]) => ({file: `${name}.${ending}`, text}));
		const code = writeAll(folder, files);
		if (code === undefined) return {files: files.map(({file}) => file)};
		if (code !== 'EEXIST') return {folder, why: whyNot(code)};
	}
}

type NewFile = {file: string; text: string};

/** Gives the code of what was in the way; then nothing is left of what was begun. */
function writeAll(folder: string, files: NewFile[]): string | undefined {
	const begun: string[] = [];
	try {
		for (const {file, text} of files) {
			const place = path.join(folder, file);
			closeSync(openSync(place, 'wx'));
			begun.push(place);
			writeFileSync(place, text);
		}
		return undefined;
	} catch (error) {
		for (const place of begun) rmSync(place, {force: true});
		return (error as NodeJS.ErrnoException).code ?? (error as Error).message;
	}
}

/** Why a folder takes no file, in words. */
export function whyNot(code: string): string {
	const words: Record<string, () => string> = {
		EACCES: () => t('no permission'),
		EPERM: () => t('no permission'),
		EROFS: () => t('it is read-only'),
		ENOSPC: () => t('the disk is full'),
		EDQUOT: () => t('the disk is full'),
		ENOENT: () => t('the folder is gone'),
		ENOTDIR: () => t('it is no folder'),
	};
	return words[code]?.() ?? told(codeWords(code));
}

function reportText(summary: Summary, at: Date): string {
	const {incidents, phase, durationMs} = summary;
	const incidentWords = incidents.map(incident => `- ${incident.at} ${describeIncident(incident)}`);
	return [
		`# lbtop, ${at.toLocaleString('sv')}`,
		'',
		t('The lab is {phase}, for {time}.', {phase, time: formatClock(durationMs)}),
		'',
		'```',
		...closingWords(summary),
		'```',
		'',
		`## ${t('Incidents')} (${incidents.length})`,
		'',
		...(incidentWords.length === 0 ? [t('none')] : incidentWords),
		'',
	].join('\n');
}

/** `20261126-143337`, local time: names in the order of their making. */
function stamp(at: Date): string {
	const two = (value: number) => String(value).padStart(2, '0');
	const date = `${at.getFullYear()}${two(at.getMonth() + 1)}${two(at.getDate())}`;
	return `${date}-${two(at.getHours())}${two(at.getMinutes())}${two(at.getSeconds())}`;
}
