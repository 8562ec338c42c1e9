import {appendFileSync, existsSync, openSync, renameSync} from 'node:fs';
import path from 'node:path';
import {afterEach, expect, test, vi} from 'vitest';
import {followRun} from '../../src/ledger/followed-log.ts';
import {temporaryFolder} from '../support/lab.ts';

const folder = temporaryFolder();
afterEach(() => folder.close());

test('a log that rotates again and again is read whole, and no file takes memory of its own', () => {
	const buffers = vi.spyOn(Buffer, 'allocUnsafeSlow');
	const fileOf = (number: number) => path.join(folder.path, number === 0 ? 'log.txt' : `log.${number}.txt`);
	const rotate = () => {
		for (let number = 5; number >= 0; number--)
			if (existsSync(fileOf(number))) renameSync(fileOf(number), fileOf(number + 1));
	};
	const read: string[] = [];
	const gaps: string[] = [];
	let at = 0;
	appendFileSync(fileOf(0), 'before the run\nline 0\n');
	const followed = followRun({
		file: fileOf(0),
		place: {fd: openSync(fileOf(0), 'r'), from: 'before the run\n'.length},
		reader: {
			beginFile: () => {},
			read: (data, start, end) => read.push(...data.toString('utf8', start, end).trimEnd().split('\n')),
			readTail: () => read.push('a tail'),
		},
		now: () => at,
		onGap: gap => gaps.push(gap),
	});
	for (let round = 1; round <= 20; round++) {
		followed.look();
		rotate();
		// A writer that has not noticed yet still writes to the file it has.
		appendFileSync(fileOf(1), `late ${round}\n`);
		appendFileSync(fileOf(0), `line ${round}\n`);
		followed.look();
		at += 3000;
		followed.look();
	}
	followed.close();
	const lines = Array.from({length: 20}, (_, n) => [`late ${n + 1}`, `line ${n + 1}`]).flat();
	expect(read).toEqual(['line 0', ...lines]);
	expect(gaps).toEqual([]);
	// As many as are ever open at once, not one for each of the 21 files.
	expect(buffers.mock.calls.length).toBeLessThanOrEqual(3);
});
