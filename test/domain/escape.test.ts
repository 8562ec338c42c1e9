import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {escapeText} from '../../src/domain/escape.ts';

describe('escapeText', () => {
	it.each([
		['', ''],
		['HAI IDO ~!"\\', 'HAI IDO ~!"\\'],
		['é ß 日本 🙂 👩‍🚀'.replace('\u200d', ''), 'é ß 日本 🙂 👩🚀'],
		['\0', '\\x00'],
		['a\r\nb\tc', 'a\\x0d\\x0ab\\x09c'],
		['\x1b[2J\x1b]0;title\x07', '\\x1b[2J\\x1b]0;title\\x07'],
		['\x7f\x80\x9b31m', '\\x7f\\x80\\x9b31m'],
		['\u202eevil\u2066\u2069', '\\u{202e}evil\\u{2066}\\u{2069}'],
		['zero\u200bwidth\u200d\ufeff', 'zero\\u{200b}width\\u{200d}\\u{feff}'],
		['line\u2028and\u2029paragraph', 'line\\u{2028}and\\u{2029}paragraph'],
		['soft\u00adhyphen', 'soft\\u{ad}hyphen'],
		['\ud800 alone \udfff', '\\u{d800} alone \\u{dfff}'],
		['tag \u{e0041}', 'tag \\u{e0041}'],
	])('%j is written %j', (text, written) => expect(escapeText(text)).toBe(written));

	const texts = fc.string({unit: 'binary'});

	it('law: nothing is left that could move a terminal or end a line', () => {
		fc.assert(
			fc.property(texts, text => {
				// \p{Cc} control, \p{Cf} format (bidi, zero-width), \p{Cs} lone surrogate, \p{Zl} and \p{Zp} separators;
				// the format characters that only join or count letters of a script are left alone.
				const left = escapeText(text).match(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu);
				expect(left).toBeNull();
			}),
			{numRuns: 1000},
		);
	});

	it('law: twice is once, and what is written is well-formed UTF-8', () => {
		fc.assert(
			fc.property(texts, text => {
				const escaped = escapeText(text);
				expect(escapeText(escaped)).toBe(escaped);
				expect(Buffer.from(escaped).toString()).toBe(escaped);
			}),
		);
	});

	it('writes out every control character there is, and no letter, digit or sign', () => {
		const wrong: string[] = [];
		for (let code = 0; code < 0x10000; code++) {
			const character = String.fromCharCode(code);
			const isUnsafe = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u.test(character);
			const isPlain = /[\p{L}\p{N}\p{P}\p{S}\p{Zs}]/u.test(character);
			const isEscaped = escapeText(character) !== character;
			if ((isUnsafe && !isEscaped) || (isPlain && isEscaped)) wrong.push(code.toString(16));
		}
		expect(wrong).toEqual([]);
	});
});
