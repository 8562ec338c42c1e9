import {afterEach, describe, expect, test} from 'vitest';
import {filterText, readFilter, readLogTime, readSearch} from '../../src/domain/log-query.ts';
import {patterns} from '../../src/words/indonesian/phrases/patterns.ts';
import {speak} from '../../src/words/words.ts';
import {englishIn, speakForeignLetters} from '../support/foreign-letters.ts';

test.each([
	['HAI', {type: 'text', text: 'HAI'}],
	['/', {type: 'text', text: '/'}],
	['//', {type: 'text', text: '//'}],
	['/a', {type: 'text', text: '/a'}],
	['/a+/', {type: 'pattern', source: 'a+', flags: ''}],
	['/a/b/i', {type: 'pattern', source: 'a/b', flags: 'i'}],
	['/a/gi', {type: 'pattern', source: 'a', flags: 'i'}],
])('the search %s', (text, term) => expect(readSearch(text)).toEqual(term));

test.each([
	['', /nothing/],
	['/(/', /no regular expression: Unterminated group/],
	['/a/q', /no regular expression/],
])('the search %j is none', (text, why) => expect(readSearch(text)).toMatch(why));

describe('what V8 finds wrong with an expression is known', () => {
	afterEach(() => speak('en'));
	const broken = [
		...['(', ')', 'a\\', 'a{2,1}', '*', '[a', '[b-a]', '(?<a>x)(?<a>y)', '(?<1>x)', '(?'].map(text => `/${text}/`),
		...['\\k<b>', '\\k', '\\p{Foo}', '\\q', '\\u{zz}', 'a{1', '}', '[\\d-a]', '(?<=a)*'].map(text => `/${text}/u`),
		...['/[(]/v', '/a/q'],
	];
	test.each(broken)('%s', text => {
		expect(readSearch(text)).toMatch(/^no regular expression: /);
		speakForeignLetters();
		expect(englishIn(String(readSearch(text)), [])).toEqual([]);
	});
	test('and nothing else is in the catalogue', () => {
		const why = (text: string) => String(readSearch(text)).replace('no regular expression: ', '');
		const said = new Set(broken.map(text => why(text).replace(/'q'/, "'{flags}'")));
		expect(said).toEqual(new Set(Object.keys(patterns)));
	});
});

test.each([
	['HAI', {term: {type: 'text', text: 'HAI'}, excludes: false}],
	['!HAI', {term: {type: 'text', text: 'HAI'}, excludes: true}],
	['!/a/i', {term: {type: 'pattern', source: 'a', flags: 'i'}, excludes: true}],
	['by:server-1', {term: {type: 'by', part: 'server-1'}, excludes: false}],
	['!label:ACK Sent', {term: {type: 'label', label: 'ACK Sent'}, excludes: true}],
	['by:', {term: {type: 'text', text: 'by:'}, excludes: false}],
] as const)('the filter %s, and written again', (text, filter) => {
	expect(readFilter(text)).toEqual(filter);
	expect(filterText(filter)).toBe(text);
});

test.each(['!', '!/(/', ''])('the filter %j is none', text => expect(typeof readFilter(text)).toBe('string'));

test.each([
	['14:02', {clock: '14:02:00.000'}],
	[' 4:02:31 ', {clock: '04:02:31.000'}],
	['14:02:31.5', {clock: '14:02:31.500'}],
	['14:02:31,140', {clock: '14:02:31.140'}],
	['2026-09-14 14:02:31', {day: '2026-09-14', clock: '14:02:31.000'}],
	['2026-09-14T14:02', {day: '2026-09-14', clock: '14:02:00.000'}],
])('the time %s', (text, time) => expect(readLogTime(text)).toEqual(time));

test.each(['', '14', '24:00', '12:60', '12:00:60', '14:02:31.1234', 'noon'])('%j is no time', text =>
	expect(typeof readLogTime(text)).toBe('string'),
);
