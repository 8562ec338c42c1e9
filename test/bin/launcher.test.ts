import {readFileSync} from 'node:fs';
import path from 'node:path';
import {execa} from 'execa';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {plainEnvironment, temporaryFolder} from '../support/lab.ts';

const launcher = path.resolve(import.meta.dirname, '../../bin/lbtop.js');
const program = path.resolve(import.meta.dirname, '../programs/acks-in-order.mjs');
let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
	folder = temporaryFolder();
});
afterEach(() => folder.close());

test.each([undefined, 'development'])(
	"a user's own server finds NODE_ENV as it was: %s",
	async given => {
		const {NODE_ENV: _, ...environment} = plainEnvironment();
		const server = `name=A,command=env > environment; exec ${process.execPath} ${program} {port}`;
		const {exitCode} = await execa(
			process.execPath,
			[launcher, 'run', '--port', '0', '--for', '1s', '--server', server],
			{
				cwd: folder.path,
				env: given === undefined ? environment : {...environment, NODE_ENV: given},
				extendEnv: false,
			},
		);
		expect(exitCode).toBe(0);
		const found = readFileSync(path.join(folder.path, 'environment'), 'utf8').split('\n');
		expect(found.filter(line => /NODE_ENV=/.test(line))).toEqual(given === undefined ? [] : [`NODE_ENV=${given}`]);
		expect(found).toContainEqual(expect.stringMatching(/^PORT=\d+$/));
	},
	60_000,
);
