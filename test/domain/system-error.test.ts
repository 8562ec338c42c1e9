/** The words for what the operating system says: every row of the table, by real errors where this machine can make them. */

import {execFileSync} from 'node:child_process';
import {lookup} from 'node:dns/promises';
import {once} from 'node:events';
import * as fs from 'node:fs';
import {connect, createServer} from 'node:net';
import path from 'node:path';
import {afterEach, beforeAll, describe, expect, test} from 'vitest';
import {codeWords, errorSentence, errorWords} from '../../src/domain/system-error.ts';
import {system} from '../../src/words/indonesian/phrases/system.ts';
import {phrase, speak, told} from '../../src/words/words.ts';
import {temporaryFolder} from '../support/lab.ts';

afterEach(() => speak('en'));

const rows = Object.entries(system).filter(([english]) => english.endsWith(')'));
const codeOf = (text: string) => /\(([A-Z_]+)\)$/.exec(text)?.[1];
const made = (code: string, more: object = {}) =>
	Object.assign(new Error(`${code}: as it came, open 'x'`), {code, syscall: 'open', ...more});

describe('each code', () => {
	test.each(rows)('%s', async (english, indonesian) => {
		const code = codeOf(english)!;
		expect(codeOf(indonesian)).toBe(code);
		expect(indonesian).not.toBe(english);
		expect([codeWords(code), errorWords(made(code))]).toEqual([english, english]);
		await speak('id');
		expect(told(errorWords(made(code)))).toBe(indonesian);
		expect(told(errorSentence(made(code, {path: '/a b/c'})))).toBe(`sistem menolak 'open /a b/c': ${indonesian}`);
	});
	test('stands there once', () => {
		expect(new Set(rows.map(([english]) => codeOf(english))).size).toBe(rows.length);
	});
});

describe('what is left as it came', () => {
	test('a code that is not in the table', () => {
		expect(codeWords('EOTHER')).toBe('EOTHER');
		expect(errorWords(made('EOTHER'))).toBe("EOTHER: as it came, open 'x'");
		expect(errorSentence(made('EOTHER'))).toBe("EOTHER: as it came, open 'x'");
	});
	test('a sentence of ours, whatever its code', () => {
		const ours = Object.assign(new Error('port 1 is taken'), {code: 'EADDRINUSE'});
		expect([errorWords(ours), errorSentence(ours)]).toEqual(['port 1 is taken', 'port 1 is taken']);
	});
	test('what is no error', () =>
		expect([errorWords('broken'), errorWords(undefined)]).toEqual(['broken', 'undefined']));
	test('but an error without words has its code, or says that nothing is known', () => {
		const several = Object.assign(new AggregateError([], ''), {code: 'ECONNREFUSED'});
		expect(errorWords(several)).toBe('connection refused (ECONNREFUSED)');
		expect(errorWords(new Error(''))).toBe('UNKNOWN');
	});
});

test('a sentence says what was asked of the system', () => {
	expect(errorSentence(made('EACCES', {path: '/x'}))).toBe("the system refused 'open /x': permission denied (EACCES)");
	const port = {syscall: 'connect', address: '127.0.0.1', port: 9};
	expect(errorSentence(made('ECONNREFUSED', port))).toContain("'connect 127.0.0.1:9'");
	expect(errorSentence(made('ENOTFOUND', {syscall: 'getaddrinfo', hostname: 'x.y'}))).toContain("'getaddrinfo x.y'");
	expect(phrase("the system refused '{call}': {why}", {call: 'uname', why: 'x'})).toBe("the system refused 'uname': x");
});

describe.runIf(process.platform === 'linux')('a real error', () => {
	let folder: string;
	let inside: (name: string) => string;
	beforeAll(() => {
		const made = temporaryFolder();
		folder = made.path;
		inside = name => path.join(folder, name);
		fs.writeFileSync(inside('file'), '');
		fs.symlinkSync(inside('loop'), inside('loop'));
		execFileSync('mkfifo', [inside('pipe')]);
		return made.close;
	});
	const {O_NONBLOCK, O_WRONLY} = fs.constants;
	test.each([
		['ENOENT', () => fs.readFileSync(inside('none'))],
		['EISDIR', () => fs.readFileSync(folder)],
		['ENOTDIR', () => fs.readFileSync(inside('file/x'))],
		['EEXIST', () => fs.mkdirSync(folder)],
		['ENOTEMPTY', () => fs.rmdirSync(folder)],
		['ELOOP', () => fs.readFileSync(inside('loop'))],
		['ENAMETOOLONG', () => fs.readFileSync(inside('a'.repeat(300)))],
		['ENXIO', () => fs.openSync(inside('pipe'), O_WRONLY | O_NONBLOCK)],
		['EINVAL', () => fs.readlinkSync(inside('file'))],
		['EBADF', () => fs.closeSync(2 ** 20)],
		['EIO', () => fs.readFileSync('/proc/self/mem')],
		['ENOSPC', () => fs.writeFileSync('/dev/full', 'x')],
		['ESRCH', () => process.kill(2 ** 30, 0)],
		['ERR_INVALID_ARG_VALUE', () => fs.readFileSync('a\0b')],
		['ERR_MODULE_NOT_FOUND', async (): Promise<unknown> => import(inside('none.js'))],
		['ECONNREFUSED', () => once(connect(inside('file')), 'connect')],
		['EADDRNOTAVAIL', () => once(createServer().listen(0, '192.0.2.1'), 'listening')],
		['ENOTFOUND', () => lookup('no.such.host.invalid')],
		[
			'EADDRINUSE',
			async () => {
				const first = createServer().listen(0, '127.0.0.1');
				await once(first, 'listening');
				const {port} = first.address() as {port: number};
				await once(createServer().listen(port, '127.0.0.1'), 'listening').finally(() => first.close());
			},
		],
	] as [string, () => unknown][])('%s', async (code, act) => {
		const error = await Promise.resolve()
			.then(act)
			.catch((caught: unknown) => caught);
		expect(error).toBeInstanceOf(Error);
		expect(errorWords(error)).toBe(codeWords(code));
		expect(codeWords(code)).not.toBe(code);
		await speak('id');
		expect(told(errorSentence(error))).toContain(`(${code})`);
		expect(told(errorSentence(error))).not.toMatch(/ (such|folder or|refused) /);
	});
});
