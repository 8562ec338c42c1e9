import {t} from '../words/words.ts';
import {cellsOf, cutMiddle} from './text/cells.ts';

/** What came of saving a report: its files in the folder where lbtop was started, or why that takes none. */
export type SavedReport = {files: string[]} | {folder: string; why: string};

/** `key` tries again; `command`: what tells the same as the report, where there is such a thing. */
type Advice = {key: string; command: string | undefined};

/** So many cells of a folder tell where it begins and how it is called; only for the cause and what to do it has less. */
const enoughFolder = 16;
const leastFolder = 9;

/**
 * What is told of it. `room`: in so many cells, where it can be: a folder loses its middle, so that the cause before it and
 * what to do behind it are both seen; where that is not enough, only the shorter advice is given.
 */
export function savedWords(saved: SavedReport, {key, command, room}: Advice & {room?: number}): string {
	if ('files' in saved) return t('report saved: {files}', {files: saved.files.join(', ')});
	const {why, folder} = saved;
	const short = (name: string) => t('report not saved, {why}: {folder}; {key} tries again', {why, folder: name, key});
	const long = (name: string) =>
		command === undefined
			? short(name)
			: t('report not saved, {why}: {folder}; {key} tries again, or {command}', {why, folder: name, key, command});
	if (room === undefined) return long(folder);
	const left = (words: typeof long) => room - cellsOf(words(''));
	const words = left(long) >= Math.min(cellsOf(folder), enoughFolder) ? long : short;
	return words(cutMiddle(folder, Math.max(left(words), leastFolder)));
}
