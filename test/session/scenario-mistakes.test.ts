import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {runLbtop, temporaryFolder} from '../support/lab.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
	folder = temporaryFolder();
});
afterEach(() => folder.close());

test.each([
	['rate: 5\nservers: 1\nserver: ["127.0.0.1:9,name=A"]\n', 'lbtop: x.yaml:2: --servers counts'],
	['rate: 5\n\ndepth: 4\n', 'lbtop: x.yaml:3: --depth 4'],
])('options of a scenario that do not go together are told with a line: %j', async (text, message) => {
	writeFileSync(path.join(folder.path, 'x.yaml'), text);
	expect(await runLbtop(['run', 'x.yaml'], folder.path)).toMatchObject({
		exitCode: 2,
		stderr: expect.stringContaining(message),
	});
});

test('one that was given on the command line is not told to be in the file', async () => {
	writeFileSync(path.join(folder.path, 'x.yaml'), 'depth: 2\n');
	const {stderr} = await runLbtop(['run', 'x.yaml', '--depth', '4'], folder.path);
	expect(stderr).toMatch(/^lbtop: --depth 4/);
});
