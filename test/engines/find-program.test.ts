import {chmodSync, mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {findProgram} from '../../src/engines/find-program.ts';
import {temporaryFolder} from '../support/lab.ts';

const folder = temporaryFolder();
afterAll(() => folder.close());

test('a program is found on the path and in the sbin beside it; a folder, or a file nobody may run, is none', () => {
	const [bin, sbin] = ['bin', 'sbin'].map(name => path.join(folder.path, name));
	for (const one of [bin!, sbin!]) mkdirSync(one);
	const file = path.join(sbin!, 'balances');
	writeFileSync(file, '');
	chmodSync(file, 0o644);
	mkdirSync(path.join(bin!, 'balances'));
	expect(findProgram('balances', bin)).toBeUndefined();
	chmodSync(file, 0o755);
	expect(findProgram('balances', bin)).toBe(file);
	expect(findProgram('balances', `relative:${sbin}`)).toBe(file);
	expect(findProgram('balances', '')).toBeUndefined();
});
