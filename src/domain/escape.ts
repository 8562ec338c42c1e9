/**
 * Makes text from a stranger safe for one line of a log or a terminal: control characters (C0, DEL, C1) become
 * `\xNN`; bidi controls, zero-width characters, line separators and lone surrogates become `\u{N}`.
 */

const unsafe =
	// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are the subject
	/[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\u{e0000}-\u{e007f}]/u;
const unsafeEach = new RegExp(unsafe.source, 'gu');

/** The text with everything that could move a terminal or end a line written out visibly. */
export function escapeText(text: string): string {
	return unsafe.test(text) ? text.replace(unsafeEach, escapeOne) : text;
}

function escapeOne(character: string): string {
	const point = character.codePointAt(0)!;
	const isControl = point < 0x20 || (point >= 0x7f && point <= 0x9f);
	return isControl ? `\\x${point.toString(16).padStart(2, '0')}` : `\\u{${point.toString(16)}}`;
}
