/**
 * The only reader of a growing log.txt: follows the file by its name, through renames and truncation, by looking at it
 * every 100 ms. Reads at most {@link readBound} bytes a look, so that it costs the same at any rate; the rest is skipped
 * and counted. A file that is cut and grows past the old place between two looks cannot be told from one that only grew.
 */

import {type GrowingFile, type Lines, openGrowingFile} from './growing-file.ts';

/** Which file, who hears its lines, and how often it is looked at. */
export type FollowSettings = {
	file: string;
	/** New whole lines, oldest first, safe to show. `bytes` is what they take in the file, `skippedBytes` what was passed over. */
	onLines(lines: string[], counts: {bytes: number; skippedBytes: number}): void;
	intervalMs?: number;
	/** How much of what the file holds already is read first (default: nothing). A file that appears later is read whole. */
	fromEndBytes?: number;
};

/** The most bytes that are read in one look at the file. */
export const readBound = 256 * 1024;

/** How long a renamed file is still read: its writers notice within a second. */
const afterRenameMs = 1500;

/** Looks at once, then every `intervalMs`. A file that is missing or unreadable is waited for. `close` may be called twice. */
export function followLog(settings: FollowSettings): {close(): void} {
	const {file, onLines, intervalMs = 100, fromEndBytes = 0} = settings;
	const looksAfterRename = Math.ceil(afterRenameMs / intervalMs);
	let current = openGrowingFile(file, fromEndBytes);
	let renamed: {file: GrowingFile; looksLeft: number} | undefined;

	const look = () => {
		if (renamed) lookAtRenamed();
		if (current) tell(current.read(readBound));
		if (current?.isNamed(file)) return;
		if (current) {
			finishRenamed();
			renamed = {file: current, looksLeft: looksAfterRename};
		}
		current = openGrowingFile(file);
		if (current) tell(current.read(readBound));
	};

	const lookAtRenamed = () => {
		tell(renamed!.file.read(readBound));
		renamed!.looksLeft--;
		if (renamed!.looksLeft <= 0) finishRenamed();
	};

	const finishRenamed = () => {
		if (renamed) tell(renamed.file.finish());
		renamed = undefined;
	};

	const tell = ({lines, bytes, skippedBytes}: Lines) => {
		if (lines.length > 0 || skippedBytes > 0) onLines(lines, {bytes, skippedBytes});
	};

	look();
	const timer = setInterval(look, intervalMs);
	timer.unref();
	return {
		close: () => {
			clearInterval(timer);
			renamed?.file.finish();
			current?.finish();
			renamed = undefined;
			current = undefined;
		},
	};
}
