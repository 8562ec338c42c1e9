/** Terms and filters made ready to be asked of many lines. */

import type {LogFilter, LogTerm} from '../domain/log-reading.ts';

/** `needle`: bytes without which no line can pass, so that lines without them need not be looked at. */
export type LineTest = {needle?: Buffer | undefined; isNeedleEnough: boolean; passes(line: string): boolean};

type Among = {filters: LogFilter[]; search?: LogTerm | undefined};

/**
 * Whether a line passes all filters and has what is searched for. Several `by`, and several `label`, are each other's
 * alternatives: a line has one of each only.
 */
export function lineTest({filters, search}: Among): LineTest {
	const wanted = filters.filter(({excludes}) => !excludes).map(({term}) => term);
	const unwanted = filters.filter(({excludes}) => excludes).map(({term}) => passing(term));
	const kinds = (['by', 'label'] as const).map(type => wanted.filter(term => term.type === type));
	const alternatives = kinds.filter(terms => terms.length > 0).map(terms => anyOf(terms.map(passing)));
	const others = [...wanted.filter(({type}) => type !== 'by' && type !== 'label'), ...(search ? [search] : [])];
	const needed = [...others, ...kinds.flatMap(terms => (terms.length === 1 ? terms : []))];
	const needle = needed.map(needleOf).find(text => text !== undefined);
	const tests = [...alternatives, ...others.map(passing)];
	return {
		needle: needle === undefined ? undefined : Buffer.from(needle),
		isNeedleEnough: unwanted.length === 0 && tests.length === 1 && others[0]?.type === 'text',
		passes: line => tests.every(test => test(line)) && !unwanted.some(test => test(line)),
	};
}

/** Where in a line a term is found, from the left; for a part or a label nothing is marked. */
export function hitsOf(term: LogTerm | undefined, line: string): [from: number, to: number][] {
	const hits: [number, number][] = [];
	if (term?.type === 'text')
		for (let at = line.indexOf(term.text); at >= 0 && hits.length < mostHits; ) {
			hits.push([at, at + term.text.length]);
			at = line.indexOf(term.text, at + term.text.length);
		}
	if (term?.type === 'pattern')
		for (const match of line.matchAll(new RegExp(term.source, `${term.flags}g`))) {
			if (match[0] !== '') hits.push([match.index, match.index + match[0].length]);
			if (hits.length >= mostHits) break;
		}
	return hits;
}

/** More are not marked in one line. */
const mostHits = 200;

type Passing = (line: string) => boolean;

function anyOf(tests: Passing[]): Passing {
	return line => tests.some(test => test(line));
}

function passing(term: LogTerm): Passing {
	switch (term.type) {
		case 'text':
			return line => line.includes(term.text);
		case 'pattern': {
			const pattern = new RegExp(term.source, term.flags);
			return line => pattern.test(line);
		}
		case 'by': {
			const {prefix, isPrefix} = wildcard(term.part);
			const sought = ` by=${prefix}`;
			return line => {
				const at = line.indexOf(sought, line.indexOf(' | '));
				const end = at + sought.length;
				return at >= 0 && (isPrefix || end === line.length || line[end] === ' ');
			};
		}
		case 'label': {
			const {prefix, isPrefix} = wildcard(term.label.toLowerCase());
			return line => {
				const label = line.slice(0, Math.max(0, line.indexOf(': '))).toLowerCase();
				return isPrefix ? label.startsWith(prefix) : label === prefix;
			};
		}
	}
}

function needleOf(term: LogTerm): string | undefined {
	if (term.type === 'text') return term.text;
	return term.type === 'by' ? ` by=${wildcard(term.part).prefix}` : undefined;
}

function wildcard(text: string): {prefix: string; isPrefix: boolean} {
	const isPrefix = text.endsWith('*');
	return {prefix: isPrefix ? text.slice(0, -1) : text, isPrefix};
}
