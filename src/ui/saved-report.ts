import {t} from '../words/words.ts';

/** What came of saving a report: its files in the folder where lbtop was started, or why that takes none. */
export type SavedReport = {files: string[]} | {folder: string; why: string};

/** What is told of it. `key` tries again; `command`: what tells the same as the report, where there is such a thing. */
export function savedWords(saved: SavedReport, {key, command}: {key: string; command: string | undefined}): string {
	if ('files' in saved) return t('report saved: {files}', {files: saved.files.join(', ')});
	const {why, folder} = saved;
	return command === undefined
		? t('report not saved, {why}: {folder}; {key} tries again', {why, folder, key})
		: t('report not saved, {why}: {folder}; {key} tries again, or {command}', {why, folder, key, command});
}
