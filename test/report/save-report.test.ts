import {mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {saveReport, whyNot} from '../../src/commands/save-report.ts';
import {summarize} from '../../src/report/summary.ts';
import {savedWords} from '../../src/ui/saved-report.ts';
import {speak} from '../../src/words/words.ts';
import {temporaryFolder} from '../support/lab.ts';
import {busyState} from '../support/state-fixture.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
	folder = temporaryFolder();
});
afterEach(() => folder.close());

const at = new Date(2026, 8, 14, 14, 2, 31);
const save = (where = folder.path) => saveReport(summarize(busyState()), {folder: where, at});
const names = ['lbtop-20260914-140231.json', 'lbtop-20260914-140231.md'];

test('a report is two files, and a second one in the same second takes another name', () => {
	expect(save()).toEqual({files: names});
	expect(JSON.parse(readFileSync(path.join(folder.path, names[0]!), 'utf8'))).toMatchObject({acked: 71_231});
	expect(readFileSync(path.join(folder.path, names[1]!), 'utf8')).toContain('# lbtop, 2026-09-14 14:02:31');
	expect(save()).toEqual({files: ['lbtop-20260914-140231-2.json', 'lbtop-20260914-140231-2.md']});
});

test('it is told in the language spoken', async () => {
	await speak('id');
	try {
		save();
		const text = readFileSync(path.join(folder.path, names[1]!), 'utf8');
		expect(text).toMatch(/^Lab dalam keadaan running, selama \d+:\d\d\.$/m);
		expect(text).toMatch(/^## Insiden \(\d+\)$/m);
	} finally {
		await speak('en');
	}
});

describe('what is in the way', () => {
	test('a folder that has gone, and one that is none', () => {
		const place = path.join(folder.path, 'inside');
		expect(save(place)).toEqual({folder: place, why: 'the folder is gone'});
		writeFileSync(place, '');
		expect(save(place)).toEqual({folder: place, why: 'it is no folder'});
	});
	test('of the second file takes the first one back', () => {
		// A name that is taken by what leads nowhere can be neither opened nor seen.
		mkdirSync(path.join(folder.path, 'far'));
		symlinkSync(path.join(folder.path, 'far', 'gone', 'x'), path.join(folder.path, names[1]!));
		const saved = save();
		rmSync(path.join(folder.path, 'far'), {recursive: true});
		expect(saved).toEqual({files: ['lbtop-20260914-140231-2.json', 'lbtop-20260914-140231-2.md']});
		expect(readdirSync(folder.path).sort()).toEqual(
			['lbtop-20260914-140231-2.json', 'lbtop-20260914-140231-2.md', names[1]].sort(),
		);
	});
	test.each([
		['EACCES', 'no permission'],
		['EROFS', 'it is read-only'],
		['ENOSPC', 'the disk is full'],
		['EIO', 'reading or writing failed (EIO)'],
		['EOTHER', 'EOTHER'],
	])('%s is %s', (code, why) => expect(whyNot(code)).toBe(why));
});

test('what came of it is told with where, why and what to do', () => {
	const failed = {folder: '/srv/lab', why: whyNot('EACCES')};
	expect(savedWords(failed, {key: 'W', command: 'lbtop ctl status --json'})).toBe(
		'report not saved, no permission: /srv/lab; W tries again, or lbtop ctl status --json',
	);
	expect(savedWords(failed, {key: 'S', command: undefined})).toBe(
		'report not saved, no permission: /srv/lab; S tries again',
	);
	const folder = `/host/someone/${'labs/'.repeat(20)}lab`;
	const lost = {folder, why: whyNot('EACCES')};
	const long = {key: 'S', command: 'lbtop ctl status --json'};
	expect(savedWords(lost, {...long, room: 117})).toBe(
		'report not saved, no permission: /host/someone/labs/.../labs/labs/labs/lab; S tries again, or lbtop ctl status --json',
	);
	expect(savedWords(lost, {...long, room: 117})).toHaveLength(117);
	expect(savedWords(lost, {...long, room: 77})).toBe(
		'report not saved, no permission: /host/someone...labs/labs/lab; S tries again',
	);
	expect(savedWords(failed, {...long, room: 77})).toBe('report not saved, no permission: /srv/lab; S tries again');
	const gone = {folder, why: 'foldernya sudah tidak ada'};
	expect(savedWords(gone, {...long, room: 68})).toBe(
		'report not saved, foldernya sudah tidak ada: /ho...lab; S tries again',
	);
	expect(savedWords(lost, long)).toContain(`${folder}; S tries again, or`);
	expect(savedWords({files: names}, {key: 'S', command: undefined})).toBe(`report saved: ${names.join(', ')}`);
});
