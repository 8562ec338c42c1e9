import {closeSync, mkdtempSync, openSync, rmSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {expect, test} from 'vitest';
import {openFilesOf} from '../../src/orchestrator/open-files.ts';

test.runIf(process.platform === 'linux')('a process with more files open has as many more', async () => {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'lbtop-files-'));
	const before = await openFilesOf(process.pid);
	const opened = Array.from({length: 50}, (_, n) => openSync(path.join(folder, String(n)), 'w'));
	const after = await openFilesOf(process.pid);
	for (const file of opened) closeSync(file);
	rmSync(folder, {recursive: true});
	// The runner's own files come and go beside them.
	expect(after! - before!).toBeGreaterThan(40);
});

test('of a process that does not exist nobody knows', async () => {
	expect(await openFilesOf(2 ** 30)).toBeNull();
});
