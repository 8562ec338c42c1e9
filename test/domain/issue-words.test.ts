import {afterEach, describe, expect, test} from 'vitest';
import {z} from 'zod';
import {issueWords} from '../../src/domain/issue-words.ts';
import {phrase, speak, told} from '../../src/words/words.ts';
import {englishIn, speakForeignLetters} from '../support/foreign-letters.ts';

afterEach(() => speak('en'));

describe('what does not fit', () => {
	test.each([
		[z.object({a: z.string()}), {}, 'is missing'],
		[z.string(), 3, 'is a text'],
		[z.number(), 'x', 'is a number'],
		[z.int(), 1.5, 'is a whole number'],
		[z.boolean(), 3, 'is true or false'],
		[z.array(z.string()), 'x', 'is a list'],
		[z.object({}), 'x', 'is data'],
		[z.literal('max'), 'x', 'is one of max'],
		[z.enum(['a', 'b']), 'x', 'is one of a, b'],
		[z.string().min(2), 'x', 'has at least 2 characters'],
		[z.string().max(2), 'xxx', 'has at most 2 characters'],
		[z.array(z.string()).min(1), [], 'has at least 1 items'],
		[z.array(z.string()).max(1), ['', ''], 'has at most 1 items'],
		[z.number().min(2), 1, 'is at least 2'],
		[z.number().positive(), 0, 'is more than 0'],
		[z.number().max(2), 3, 'is at most 2'],
		[z.strictObject({}), {b: 1, c: 2}, "has no key 'b', 'c'"],
		[z.union([z.string(), z.number()]), true, 'is not valid'],
		[z.discriminatedUnion('type', [z.object({type: z.literal('a')})]), {type: 'b'}, 'is not valid'],
		[z.string().regex(/^a$/), 'b', 'is not valid'],
		[z.string().regex(/^a$/, phrase('is no host')), 'b', 'is no host'],
	] as const)('%#: it %s', (schema, data, words) => {
		const [issue] = schema.safeParse(data, {error: issueWords}).error!.issues;
		expect(issue!.message).toBe(words);
		speakForeignLetters();
		expect(englishIn(told(issue!.message), [[/\bmax\b/g, 'a value']])).toEqual([]);
	});
});
