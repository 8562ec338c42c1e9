/** README.md in every language: what one can type stands in both, and nothing is left out of one. */

import {readFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';

const read = (name: string) => readFileSync(path.resolve(import.meta.dirname, '../..', name), 'utf8');
const english = read('README.md');
const indonesian = read('README.id.md');

/** Fenced blocks, without the comments of their lines. */
const blocks = (text: string) =>
	[...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language, code]) => [
		language,
		code!.split('\n').map(line => line.replace(/\s+# .*$/, '')),
	]);
const prose = (text: string) => text.replaceAll(/^```[\s\S]*?^```$/gm, '');
const headings = (text: string) => [...prose(text).matchAll(/^(#+) /gm)].map(([, level]) => level);
/** How many cells each row of a table has, and what one can type in the first. */
const rows = (text: string) =>
	[...prose(text).matchAll(/^\|(.*)\|$/gm)].map(([, row]) => {
		const cells = row!.replaceAll('\\|', '').split('|');
		return [cells.length, ...(cells[0]!.match(/`[^`]*`/g) ?? [])];
	});
const kinds = (text: string) =>
	prose(text)
		.split(/\n{2,}/)
		.map(part => /^(#+|\||-|!)?/.exec(part)![0]);

describe('README.id.md', () => {
	test('has the same headings', () => expect(headings(indonesian)).toEqual(headings(english)));
	test('has the same commands', () => expect(blocks(indonesian)).toEqual(blocks(english)));
	test('has the same tables', () => expect(rows(indonesian)).toEqual(rows(english)));
	test('has the same paragraphs and lists', () => expect(kinds(indonesian)).toEqual(kinds(english)));
	test('names the same options', () => {
		const options = (text: string) => new Set(text.match(/--[a-z][\w-]+/g));
		expect(options(indonesian)).toEqual(options(english));
	});
	test('is found from the other, and the other from it', () => {
		expect(english).toContain('(README.id.md)');
		expect(indonesian).toContain('(README.md)');
	});
});
