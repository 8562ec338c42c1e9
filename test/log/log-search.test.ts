import {appendFileSync} from 'node:fs';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {findLines, searchedBytes} from '../../src/log/log-search.ts';
import {openLog} from './log-file-support.ts';

let log: ReturnType<typeof openLog>;
beforeEach(() => {
	log = openLog();
});
afterEach(() => log.close());

const forwarded = (id: string) =>
	findLines(log.file, {label: 'Forwarded', id}).map(({text, values}) => [text, values?.why]);

test('gives what one label says of one message, oldest first', () => {
	const manager = log.open();
	manager.write('Forwarded', 'Server 1', {id: 'c7-1', why: 'server-1=3 server-2=5'});
	manager.write('Message Sent', 'HAI', {id: 'c7-1'});
	manager.write('Forwarded', 'Server 9', {id: 'c7-11', why: 'another message'});
	manager.write('Forwarded', 'say id=c7-1 now', {id: 'c8-1', why: 'id=c7-1 '});
	manager.write('Forwarded', 'Server 2', {id: 'c7-1', why: 'retried'});
	manager.close();
	expect(forwarded('c7-1')).toEqual([
		['Server 1', 'server-1=3 server-2=5'],
		['Server 2', 'retried'],
	]);
	expect(forwarded('c7-2')).toEqual([]);
});

test('looks back a bounded way, gives a bounded number, and leaves an unfinished line alone', () => {
	const manager = log.open();
	manager.write('Forwarded', 'long ago', {id: 'a'});
	manager.flush();
	appendFileSync(log.file, `${'x'.repeat(searchedBytes)}\n`);
	for (let i = 0; i < 30; i++) manager.write('Forwarded', `Server ${i}`, {id: 'a'});
	manager.close();
	appendFileSync(log.file, 'Forwarded: 2024-10-11 19:52:42 - torn | at=19:52:42.113 id=a');
	const lines = forwarded('a').map(([text]) => text);
	expect(lines).toHaveLength(20);
	expect(lines.at(-1)).toBe('Server 29');
});

test('a file that is not there is an error with its name', () => {
	expect(() => findLines(`${log.file}.none`, {label: 'Forwarded', id: 'a'})).toThrow(/ENOENT.*\.none/);
});
