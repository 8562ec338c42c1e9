import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {readServersFile} from '../../src/load-balancer/servers-file.ts';
import {temporaryFolder} from '../support/lab.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
	folder = temporaryFolder();
});
afterEach(() => folder.close());

const read = (text: string) => {
	const file = path.join(folder.path, 'servers');
	writeFileSync(file, text);
	return readServersFile(file);
};

test('one SPEC a line, comments and blank lines passed over, the place kept', () => {
	const servers = read('# ours\n127.0.0.1:9001,name=A,weight=2\r\n\n  [::1]:9002 # the other\n');
	expect(servers).toEqual([
		{line: 2, spec: {name: 'A', weight: 2, host: '127.0.0.1', port: 9001}},
		{line: 4, spec: {weight: 1, host: '::1', port: 9002}},
	]);
});

test.each([
	['127.0.0.1:9001\nnonsense\n', /servers:2: 'nonsense': /],
	['127.0.0.1:9001,weight=999\n', /servers:1: .*weight '999'/],
	['# nothing\n', /names no server/],
])('%j is refused as a whole', (text, why) => expect(() => read(text)).toThrow(why));

test('a file that cannot be read is named', () => {
	expect(() => readServersFile('/no/such/file')).toThrow(
		'/no/such/file: cannot be read: no such file or folder (ENOENT)',
	);
});
