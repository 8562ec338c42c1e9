/** What does not fit a schema, in plain sentences instead of zod's: as a sentence that goes on from the key's name. */

import type {z} from 'zod';
import {type PlainPhrase, phrase} from '../words/words.ts';

type Issue = Parameters<z.core.$ZodErrorMap>[0];

/** Handed to a schema that is asked: `schema.safeParse(data, {error: issueWords})`. What a schema says itself stays. */
export function issueWords(issue: Issue): string {
	switch (issue.code) {
		case 'invalid_type':
			return issue.input === undefined ? phrase('is missing') : phrase(kinds[issue.expected] ?? 'is not valid');
		case 'invalid_value':
			return phrase('is one of {words}', {words: issue.values.map(String).join(', ')});
		case 'unrecognized_keys':
			return phrase('has no key {keys}', {keys: issue.keys.map(key => `'${key}'`).join(', ')});
		case 'too_small':
			return tooSmall(issue);
		case 'too_big':
			return tooBig(issue);
		default:
			return phrase('is not valid');
	}
}

const kinds: Record<string, PlainPhrase> = {
	string: 'is a text',
	number: 'is a number',
	int: 'is a whole number',
	boolean: 'is true or false',
	array: 'is a list',
	object: 'is data',
	record: 'is data',
};

function tooSmall({origin, minimum, inclusive}: Extract<Issue, {code: 'too_small'}>): string {
	const least = String(minimum);
	if (origin === 'string') return phrase('has at least {least} characters', {least});
	if (origin === 'array') return phrase('has at least {least} items', {least});
	return inclusive === false ? phrase('is more than {least}', {least}) : phrase('is at least {least}', {least});
}

function tooBig({origin, maximum}: Extract<Issue, {code: 'too_big'}>): string {
	const most = String(maximum);
	if (origin === 'string') return phrase('has at most {most} characters', {most});
	if (origin === 'array') return phrase('has at most {most} items', {most});
	return phrase('is at most {most}', {most});
}
