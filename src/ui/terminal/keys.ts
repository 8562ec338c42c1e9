/**
 * From what a terminal sends to keys: pure, chunk by chunk. A key is a character (`x`, `+`) or a name (`up`, `ctrl-c`,
 * `escape`). Bracketed pastes, replies and mouse reports are no keys; nor is text that comes in bulk.
 */

import {type MouseReport, takeMouse} from './mouse-report.ts';

/** A key by its name: `a`, `A`, `enter`, `ctrl-p`, `alt-x`, `f1`. */
export type Key = string;

/** One thing that the terminal told, in the order of telling. `reply`: a whole sequence that answers a question. */
export type Input = {type: 'key'; key: Key} | ({type: 'mouse'} & MouseReport) | {type: 'reply'; text: string};

/**
 * What is left of the last chunk: the beginning of a sequence, or that a bracketed paste goes on. `lost`: a beginning
 * that was given up for late, whose rest may still come.
 */
type Pending = {text: string; inPaste: boolean; lost?: string};

/** Before the first chunk. */
export const nothingPending: Pending = {text: '', inPaste: false};

/** More text than this in one chunk was not typed, unless it is one key held down. */
const mostTyped = 3;

/** So much of a paste is worth keeping: what is written is a line. */
const mostPasted = 4096;

const pasteStart = '\x1b[200~';
const pasteEnd = '\x1b[201~';

/** `pastedText`: what was pasted in this chunk, the beginning of it where there is much. */
type KeysRead = {inputs: Input[]; pasted: boolean; pastedText: string; pending: Pending};

/** What a chunk holds. `pending` goes into the next call; a lone ESC stays in it until {@link flushKeys}. */
export function readKeys(pending: Pending, chunk: string): KeysRead {
	const late = restOfLost(pending, chunk);
	if (late?.pending) return {inputs: [], pasted: false, pastedText: '', pending: late.pending};
	let rest = pending.text + (late ? chunk.slice(late.length) : chunk);
	let {inPaste} = pending;
	let pasted = inPaste;
	let pastedText = '';
	const inputs: Input[] = [...(late?.inputs ?? [])];
	while (rest !== '') {
		if (inPaste) {
			const end = rest.indexOf(pasteEnd);
			pastedText += (end < 0 ? rest.slice(0, rest.length - tailOfPaste(rest).length) : rest.slice(0, end)).slice(
				0,
				mostPasted,
			);
			if (end < 0)
				return {inputs: bulkless(inputs).inputs, pasted, pastedText, pending: {text: tailOfPaste(rest), inPaste}};
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
		if (taken.input) inputs.push(taken.input);
		rest = rest.slice(taken.length);
	}
	const typed = bulkless(inputs);
	const bulk = typed.isBulk ? textOf(inputs) : '';
	return {
		inputs: typed.inputs,
		pasted: pasted || typed.isBulk,
		pastedText: pastedText + bulk,
		pending: {text: rest, inPaste},
	};
}

/** What a pending beginning means when nothing followed it in time: a lone ESC is the Esc key, the rest is dropped. */
export function flushKeys(pending: Pending): {keys: Key[]; pending: Pending} {
	if (pending.inPaste || pending.text === '') return {keys: [], pending};
	const {text} = pending;
	return {keys: text === '\x1b' ? ['escape'] : [], pending: {...nothingPending, lost: text}};
}

/** True when a beginning is surely one of a report or a reply, whose rest is worth a longer wait: nobody types it. */
export function isReportBegun({text}: Pending): boolean {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are the subject
	return /^\x1b(?:\[[<?\dM]|[\]P_^X]).?/s.test(text) && text.length > 2;
}

/** The rest of a sequence whose beginning was given up: `length` characters of the chunk, or all of it and more to come. */
function restOfLost({lost}: Pending, chunk: string): {length: number; inputs: Input[]; pending?: Pending} | undefined {
	if (lost === undefined) return undefined;
	const whole = lost + chunk;
	// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are the subject
	if (!/^\x1b[[\]]/.test(whole)) return undefined;
	const taken = takeOne(whole);
	if (!taken) return {length: chunk.length, inputs: [], pending: {...nothingPending, lost: whole}};
	if (taken.length <= lost.length) return undefined;
	return {length: taken.length - lost.length, inputs: taken.input && taken.input.type !== 'key' ? [taken.input] : []};
}

/** An unfinished sequence longer than this is noise, and dropped. */
const longestSequence = 256;

type Taken = {input?: Input; length: number};

/** The first thing in a text, or undefined when it is only the beginning of one. */
function takeOne(text: string): Taken | undefined {
	if (text[0] !== '\x1b') {
		const character = String.fromCodePoint(text.codePointAt(0)!);
		return takenKey(nameOf(character), character.length);
	}
	const mouse = takeMouse(text);
	if (mouse) return {...(mouse.report && {input: {type: 'mouse', ...mouse.report}}), length: mouse.length};
	// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are the subject
	const control = /^\x1b(?:\[([0-9;:<=>?]*)[ -/]*([@-~])|O([ -~]))/.exec(text);
	if (control && !text.startsWith('\x1b[M')) return takenControl(control);
	// biome-ignore lint/suspicious/noControlCharactersInRegex: OSC, DCS, APC, PM strings end with BEL or ESC \
	const string = /^\x1b[\]P_^X][^\x07\x1b]*(?:\x07|\x1b\\)/.exec(text);
	if (string) return {input: {type: 'reply', text: string[0]}, length: string[0].length};
	// biome-ignore lint/suspicious/noControlCharactersInRegex: an unfinished sequence, as above
	if (/^\x1b(?:\[[0-9;:<=>?]*[ -/]*|\[M.{0,2}|O|[\]P_^X][^\x07\x1b]*\x1b?)?$/s.test(text))
		return text.length > longestSequence ? {length: text.length} : undefined;
	if (text[1] === '\x1b') return takenKey('escape', 1);
	const inner = String.fromCodePoint(text.codePointAt(1)!);
	return takenKey(`alt-${nameOf(inner) ?? inner}`, 1 + inner.length);
}

function takenKey(key: Key | undefined, length: number): Taken {
	return key === undefined ? {length} : {input: {type: 'key', key}, length};
}

function takenControl([text, parameters = '', final = '', letter]: RegExpExecArray): Taken {
	if (letter !== undefined) return takenKey(letterKeys[letter], text.length);
	const isReply = final === 'c' || final === 'R' || final === 'n';
	return isReply
		? {input: {type: 'reply', text}, length: text.length}
		: takenKey(csiKey(parameters, final), text.length);
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
function bulkless(inputs: Input[]): {inputs: Input[]; isBulk: boolean} {
	const keys = inputs.flatMap(input => (input.type === 'key' ? [input.key] : []));
	const text = keys.filter(key => [...key].length === 1 || key === 'space' || key === 'enter');
	const isBulk = text.length > mostTyped && new Set(text).size > 1;
	return isBulk ? {inputs: inputs.filter(({type}) => type !== 'key'), isBulk} : {inputs, isBulk};
}

/** What keys would have written. */
function textOf(inputs: Input[]): string {
	const written: Record<Key, string> = {space: ' ', enter: '\n', tab: '\t'};
	return inputs
		.map(input => (input.type !== 'key' ? '' : [...input.key].length === 1 ? input.key : (written[input.key] ?? '')))
		.join('')
		.slice(0, mostPasted);
}

/** Only what could begin the end of the paste is kept, however long the paste. */
function tailOfPaste(text: string): string {
	const tail = text.slice(Math.max(0, text.lastIndexOf('\x1b')));
	return pasteEnd.startsWith(tail) ? tail : '';
}
