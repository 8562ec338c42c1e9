import {expect, it} from 'vitest';
import {hashKeys} from '../../src/load-balancer/hash-key.ts';

it.each([
	{kind: 'client', line: '#c7-1420 HAI\n', key: 'c7'},
	{kind: 'client', line: '#c7 HAI\n', key: 'c7'},
	{kind: 'client', line: '#-1 HAI\n', key: undefined},
	{kind: 'client', line: 'HAI\n', key: undefined},
	{kind: 'id', line: '#c7-1420 HAI\n', key: 'c7-1420'},
	{kind: 'id', line: '# HAI\n', key: undefined},
	{kind: 'key', line: '#c7-1 get key=Grüße now\n', key: 'Grüße'},
	{kind: 'key', line: 'key=a key=b\r\n', key: 'a'},
	{kind: 'key', line: 'monkey=a\n#1 key=b\n', key: undefined},
	{kind: 'key', line: 'key=\n', key: undefined},
	{kind: 'address', line: '#c7-1 key=a\n', key: undefined},
] as const)('$kind of $line is $key', ({kind, line, key}) => {
	const bytes = Buffer.from(`before key=no\n${line}`);
	expect(hashKeys[kind](bytes, 14, bytes.length)).toBe(key);
});
