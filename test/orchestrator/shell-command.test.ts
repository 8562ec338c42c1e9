import {expect, test} from 'vitest';
import {shellCommand} from '../../src/orchestrator/shell-command.ts';

test.each(['node server.js 9001', './my-server --port 9001 --name "a b"', 'python3 -u srv.py $PORT', '/opt/bin/app'])(
	'%s is one program, which takes the shell’s place',
	command => {
		expect(shellCommand(command)).toBe(`exec ${command}`);
	},
);

test.each([
	'exec node server.js 9001',
	'cd app && node server.js',
	'node server.js 2>server.err',
	'DEBUG=1 node server.js',
	'ulimit -n 100',
	'node server.js | tee out',
	'(sleep 1; node server.js)',
	'node `cat file`',
	'"my server" 9001',
	'. ./env',
	'while :',
	'',
])('%s is left to the shell', command => {
	expect(shellCommand(command)).toBe(command);
});
