import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {parseLogLine} from '../../src/log/log-line.ts';
import {type LogManager, type LogSettings, openLogManager} from '../../src/log/log-manager.ts';

/** A folder with a log manager's file in it; `close` ends both. */
export function openLog() {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'lbtop-log-'));
	const file = path.join(folder, 'log.txt');
	const managers: LogManager[] = [];
	const open = (settings: Partial<LogSettings> = {}) => {
		const manager = openLogManager({file, detail: 'all', maxSizeBytes: 1e8, keep: 5, by: 'test', ...settings});
		managers.push(manager);
		return manager;
	};
	return {
		folder,
		file,
		open,
		files: () => readdirSync(folder).sort(),
		close: () => {
			for (const manager of managers) manager.close();
			rmSync(folder, {recursive: true, force: true});
		},
	};
}

/** The lines of a file, none when it is missing; a last line without its end is an error. */
export function linesOf(file: string): string[] {
	if (!existsSync(file)) return [];
	const text = readFileSync(file, 'utf8');
	if (text !== '' && !text.endsWith('\n')) throw new Error(`unfinished line at the end of ${file}`);
	return text.split('\n').slice(0, -1);
}

/** The IDs in a file's lines, in order; throws at a line that is none. */
export function idsOf(file: string): string[] {
	return linesOf(file).map(line => {
		const id = parseLogLine(line)?.values?.id;
		if (id === undefined) throw new Error(`not a whole line with an ID: ${JSON.stringify(line)}`);
		return id;
	});
}
