import {chmodSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {copyOf} from '../../../src/ui/terminal/clipboard.ts';
import {page, pagerCommand, pagerOf} from '../../../src/ui/terminal/pager.ts';
import {temporaryFolder} from '../../support/lab.ts';

const textIn = (sequence: string) => {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence is the subject
	const [, data = ''] = /^\x1b\]52;c;([A-Za-z0-9+/=]*)\x07$/.exec(sequence)!;
	return Buffer.from(data, 'base64').toString();
};

describe('copying', () => {
	test('tells how many characters, not bytes', () => {
		const {sequence, told} = copyOf('HAI नमस् 🙂', {});
		expect(textIn(sequence)).toBe('HAI नमस् 🙂');
		expect(told).toBe('Copied 10 characters');
	});
	test('cuts what terminals would drop, between two characters, and says so', () => {
		const {sequence, told} = copyOf('é'.repeat(50_000), {});
		expect(textIn(sequence)).toBe('é'.repeat(37_000));
		expect(told).toContain('the first 37000 of 50000 characters');
	});
	test('says what tmux needs', () => expect(copyOf('a', {TMUX: '/tmp/x'}).told).toContain('set-clipboard on'));
});

describe('the pager', () => {
	let folder: ReturnType<typeof temporaryFolder>;
	beforeEach(() => {
		folder = temporaryFolder();
	});
	afterEach(() => folder.close());
	test.each([
		[{}, 'less'],
		[{PAGER: ' '}, 'less'],
		[{PAGER: 'more -d'}, 'more -d'],
	])('of %j is %s', (environment, pager) => expect(pagerOf(environment)).toBe(pager));
	test.each([
		['less', ['+7P'], true],
		['/usr/bin/less -R', ['+7P'], true],
		['lesson', [], false],
		['more', [], false],
	])('%s is given %j', (pager, words, isAtPlace) =>
		expect(pagerCommand(pager, 7)).toMatchObject({arguments: words, isAtPlace}),
	);
	const program = (name: string, script: string) => {
		const file = path.join(folder.path, name);
		writeFileSync(file, `#!/bin/sh\n${script}\n`);
		chmodSync(file, 0o755);
		return file;
	};
	test('is run with its own words, the place and the file, whatever that is called', async () => {
		const told = path.join(folder.path, 'told');
		const file = path.join(folder.path, 'a "log" $HOME.txt');
		const less = program('less', `printf '%s\\n' "$@" > '${told}'`);
		expect(await page(file, 1234, `${less} -R`)).toBeUndefined();
		expect(readFileSync(told, 'utf8')).toBe(`-R\n+1234P\n${file}\n`);
	});
	test('that cannot be run, fails, or is not told the place: each is said', async () => {
		expect(await page('log.txt', 0, 'no-such-pager')).toContain('PAGER no-such-pager cannot be run');
		expect(await page('log.txt', 0, program('fails', 'exit 3'))).toContain('ended with 3');
		expect(await page('log.txt', 0, program('more', 'true'))).toContain('only less is told the line');
	});
});
