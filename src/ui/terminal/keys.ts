/**
 * From what a terminal sends to keys: pure, chunk by chunk. A key is a character (`x`, `+`) or a name (`up`, `ctrl-c`,
 * `escape`). Bracketed pastes, replies and mouse reports are no keys; nor is text that comes in bulk.
 */

export type Key = string;

/** What is left of the last chunk: the beginning of a sequence, or that a bracketed paste goes on. */
export type Pending = {text: string; inPaste: boolean};

export const nothingPending: Pending = {text: '', inPaste: false};

/** More text than this in one chunk was not typed, unless it is one key held down. */
const mostTyped = 3;

const pasteStart = '\x1b[200~';
const pasteEnd = '\x1b[201~';

export type KeysRead = {keys: Key[]; pasted: boolean; pending: Pending};

/** The keys of a chunk. `pending` goes into the next call; a lone ESC stays in it until {@link flushKeys}. */
export function readKeys(pending: Pending, chunk: string): KeysRead {
	let rest = pending.text + chunk;
	let {inPaste} = pending;
	let pasted = inPaste;
	const keys: Key[] = [];
	while (rest !== '') {
		if (inPaste) {
			const end = rest.indexOf(pasteEnd);
			if (end < 0) return {keys: bulkless(keys).keys, pasted, pending: {text: tailOfPaste(rest), inPaste}};
			inPaste = false;
			rest = rest.slice(end + pasteEnd.length);
			continue;
		}
		if (rest.startsWith(pasteStart)) {
			inPaste = true;
			pasted = true;
			rest = rest.slice(pasteStart.length);
			continue;
		}
		const taken = takeOne(rest);
		if (!taken) break;
		if (taken.key !== undefined) keys.push(taken.key);
		rest = rest.slice(taken.length);
	}
	const typed = bulkless(keys);
	return {keys: typed.keys, pasted: pasted || typed.isBulk, pending: {text: rest, inPaste}};
}

/** What a pending beginning means when nothing followed it in time: a lone ESC is the Esc key, the rest is dropped. */
export function flushKeys(pending: Pending): {keys: Key[]; pending: Pending} {
	if (pending.inPaste) return {keys: [], pending};
	return {keys: pending.text === '\x1b' ? ['escape'] : [], pending: nothingPending};
}

/** An unfinished sequence longer than this is noise, and dropped. */
const longestSequence = 256;

/** The first key of a text, or undefined when it is only the beginning of one. */
function takeOne(text: string): {key?: Key; length: number} | undefined {
	if (text[0] !== '\x1b') {
		const character = String.fromCodePoint(text.codePointAt(0)!);
		const key = nameOf(character);
		return {...(key === undefined ? {} : {key}), length: character.length};
	}
	// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are the subject
	const control = /^\x1b(?:\[([0-9;:<=>?]*)[ -/]*([@-~])|O([ -~]))/.exec(text);
	if (control) {
		const key = control[3] === undefined ? csiKey(control[1]!, control[2]!) : letterKeys[control[3]];
		return {...(key === undefined ? {} : {key}), length: control[0].length};
	}
	// biome-ignore lint/suspicious/noControlCharactersInRegex: OSC, DCS, APC, PM strings end with BEL or ESC \
	const string = /^\x1b[\]P_^X][^\x07\x1b]*(?:\x07|\x1b\\)/.exec(text);
	if (string) return {length: string[0].length};
	// biome-ignore lint/suspicious/noControlCharactersInRegex: an unfinished sequence, as above
	if (/^\x1b(?:\[[0-9;:<=>?]*[ -/]*|O|[\]P_^X][^\x07\x1b]*\x1b?)?$/.test(text))
		return text.length > longestSequence ? {length: text.length} : undefined;
	if (text[1] === '\x1b') return {key: 'escape', length: 1};
	const inner = String.fromCodePoint(text.codePointAt(1)!);
	return {key: `alt-${nameOf(inner) ?? inner}`, length: 1 + inner.length};
}

const letterKeys: Record<string, Key> = {
	A: 'up',
	B: 'down',
	C: 'right',
	D: 'left',
	F: 'end',
	H: 'home',
	P: 'f1',
};

const numberKeys: Record<string, Key> = {
	1: 'home',
	4: 'end',
	5: 'page-up',
	6: 'page-down',
	7: 'home',
	8: 'end',
	11: 'f1',
};

function csiKey(parameters: string, final: string): Key | undefined {
	if (final === 'Z') return 'shift-tab';
	const [code = '', modifier = '1'] = parameters.split(';');
	const key = final === '~' ? numberKeys[code] : letterKeys[final];
	return key !== undefined && modifier !== '1' ? `modified-${key}` : key;
}

function nameOf(character: string): Key | undefined {
	switch (character) {
		case '\t':
			return 'tab';
		case '\r':
		case '\n':
			return 'enter';
		case ' ':
			return 'space';
		case '\x7f':
		case '\b':
			return 'backspace';
		case '\0':
			return undefined;
	}
	const code = character.codePointAt(0)!;
	if (code < 27) return `ctrl-${String.fromCharCode(code + 96)}`;
	return code < 32 ? undefined : character;
}

/** Text in bulk is a paste even where the terminal does not say so; one key held down is not. */
function bulkless(keys: Key[]): {keys: Key[]; isBulk: boolean} {
	const text = keys.filter(key => [...key].length === 1 || key === 'space' || key === 'enter');
	const isBulk = text.length > mostTyped && new Set(text).size > 1;
	return isBulk ? {keys: [], isBulk} : {keys, isBulk};
}

/** Only what could begin the end of the paste is kept, however long the paste. */
function tailOfPaste(text: string): string {
	const tail = text.slice(Math.max(0, text.lastIndexOf('\x1b')));
	return pasteEnd.startsWith(tail) ? tail : '';
}
