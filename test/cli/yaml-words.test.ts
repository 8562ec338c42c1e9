/** What is wrong with YAML, in words: each code by a real broken document where the reader can be brought to it. */

import {readFileSync} from 'node:fs';
import path from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {parseDocument} from 'yaml';
import {yamlCodes, yamlWords} from '../../src/cli/yaml-words.ts';
import {speak} from '../../src/words/words.ts';
import {englishIn, speakForeignLetters} from '../support/foreign-letters.ts';

afterEach(() => speak('en'));

const documents: [code: string, text: string, words: string][] = [
	['ALIAS_PROPS', 'a: &x 1\nb: &y *x', 'an alias (*name) has neither'],
	['BAD_ALIAS', 'a: *', 'without its name'],
	['BAD_ALIAS', 'a: & 1', 'without its name'],
	['BAD_DIRECTIVE', '%TAG x\n---\na: 1', 'begins with %'],
	['BAD_DQ_ESCAPE', 'a: "C:\\q"', 'after a \\ in double quotes; write \\\\ for one'],
	['BAD_INDENT', 'a:\n   b: 1\n  c: 2', 'keys that belong together'],
	['BAD_INDENT', 'a:\n- - 1\n - 2', 'the items of a list'],
	['BAD_INDENT', 'rate: [1', "the closing ']' is missing"],
	['BAD_INDENT', 'a: {\nb: 1\n}', "the closing '}' is missing"],
	['BAD_INDENT', 'a: |\n\tb', 'not indented far enough'],
	['BAD_PROP_ORDER', '&a ? x\n: 1', "stands behind '-', '?' or ':'"],
	['BAD_SCALAR_START', 'a: @b', "cannot begin with '@'; put it in quotes"],
	['BAD_SCALAR_START', 'a: ,b', "cannot begin with ','"],
	['BLOCK_AS_IMPLICIT_KEY', 'a: b: c', 'a line holds one KEY: VALUE'],
	['BLOCK_AS_IMPLICIT_KEY', 'a:\n  - 1\n - 2', 'a list stands where a key should be'],
	['BLOCK_IN_FLOW', '[\n- a\n]', 'within brackets'],
	['DUPLICATE_KEY', 'a: 1\na: 2', 'this key stands there twice'],
	['KEY_OVER_1024_CHARS', `${'a'.repeat(1030)}: 1`, 'at most 1024 characters'],
	['MISSING_CHAR', 'a: "b', 'the closing " is missing'],
	['MISSING_CHAR', "a: 'b", "the closing ' is missing"],
	['MISSING_CHAR', '[1', 'the closing ] is missing'],
	['MISSING_CHAR', 'a: 1\nb', "this key has no ':' behind it"],
	['MISSING_CHAR', 'a: "x"#c', "a space is missing before '#'"],
	['MISSING_CHAR', 'a: ["x" "y"]', "a ',' is missing before this"],
	['MISSING_CHAR', '%YAML 1.2\na: 1', "a line '---' is missing"],
	['MISSING_CHAR', '&x - a', 'a space, a new line or a sign'],
	['MULTILINE_IMPLICIT_KEY', 'a\nb: 1', "a key and its ':' stand on one line"],
	['MULTIPLE_ANCHORS', 'a: &a &b 1', 'at most one anchor'],
	['MULTIPLE_DOCS', 'a: 1\n---\nb: 2', 'a second document begins here'],
	['MULTIPLE_TAGS', 'a: !!str !!int 1', 'at most one tag'],
	['RESOURCE_EXHAUSTION', '['.repeat(5000), 'nested too deeply'],
	['TAB_AS_INDENT', 'a:\n\tb: 1', 'with spaces, not with tabs'],
	['TAG_RESOLVE_FAILED', 'a: !e!x 1', 'this tag (!name) means nothing here'],
	['UNEXPECTED_TOKEN', 'a: [1,,2]', "there is a ',' too many"],
	['UNEXPECTED_TOKEN', 'a: }', "this '}' closes nothing"],
	['UNEXPECTED_TOKEN', 'a: - b', 'a list begins on a line of its own'],
	['UNEXPECTED_TOKEN', 'a: "x" y', 'nothing may follow the value here'],
	['UNEXPECTED_TOKEN', 'a: |x\n b', 'this does not belong here'],
];

describe('a broken document', () => {
	test.each(documents)('%s: %j', (code, text, words) => {
		const [mistake] = parseDocument(text).errors;
		expect(mistake?.code).toBe(code);
		expect(yamlWords(mistake!)).toContain(words);
		speakForeignLetters();
		expect(englishIn(yamlWords(mistake!), [])).toEqual([]);
	});
	test.each([
		['a: *nope', "the alias '*nope' has no anchor '&nope' before it"],
		[`a: &a [${'1,'.repeat(20)}]\nb: &b [${'*a,'.repeat(20)}]\nc: [${'*b,'.repeat(20)}]`, 'aliases of aliases'],
	])('of which only its data are wrong: %j', (text, words) => {
		const document = parseDocument(text);
		expect(document.errors).toEqual([]);
		let said = '';
		try {
			document.toJS({maxAliasCount: 100});
		} catch (error) {
			said = yamlWords(error as Error);
		}
		expect(said).toContain(words);
	});
});

/** In the reader's table, and nothing that we read brings it to them: warnings, settings we do not use, its own faults. */
const never = ['BAD_COLLECTION_TYPE', 'IMPOSSIBLE', 'NON_STRING_KEY'];

test('every code of the reader has its words', () => {
	const types = readFileSync(path.resolve(import.meta.dirname, '../../node_modules/yaml/dist/errors.d.ts'), 'utf8');
	const [, union = ''] = /type ErrorCode = (.*);/.exec(types) ?? [];
	const codes = [...union.matchAll(/'(\w+)'/g)].map(([, code]) => code!);
	expect(codes.length).toBeGreaterThan(20);
	expect(yamlCodes.toSorted()).toEqual(codes.toSorted());
	expect(new Set([...documents.map(([code]) => code), ...never])).toEqual(new Set(codes));
	for (const code of codes) {
		expect(yamlWords({code, message: 'As it came'})).not.toBe('As it came');
		speakForeignLetters();
		expect([
			code,
			englishIn(yamlWords({code, message: 'As it came'}), [[/\b(KEY|VALUE|YAML|name)\b/g, 'as one writes']]),
		]).toEqual([code, []]);
	}
});

test('what is not in the table is left as it came, without its place', () => {
	expect(yamlWords({code: 'NEW_ONE', message: 'Odd at line 3, column 1:\n\nx'})).toBe('Odd');
	expect(yamlWords({message: 'Merge sources must be maps'})).toBe('Merge sources must be maps');
});
