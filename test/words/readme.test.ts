/** README.md and the guide in every language: what one can type stands in both, and nothing is left out of one. */

import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const read = (name: string) => readFileSync(path.join(root, name), 'utf8');
const pages = ['README.md', ...readdirSync(path.join(root, 'docs/guide')).map(name => `docs/guide/${name}`)];
const inEnglish = pages.filter(name => !name.endsWith('.id.md'));

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

describe.each(inEnglish)('%s', name => {
	const english = read(name);
	const translation = name.replace(/md$/, 'id.md');
	const indonesian = read(translation);
	test('has the same headings in Indonesian', () => expect(headings(indonesian)).toEqual(headings(english)));
	test('has the same commands', () => expect(blocks(indonesian)).toEqual(blocks(english)));
	test('has the same tables', () => expect(rows(indonesian)).toEqual(rows(english)));
	test('has the same paragraphs and lists', () => expect(kinds(indonesian)).toEqual(kinds(english)));
	test('names the same options', () => {
		const options = (text: string) => new Set(text.match(/--[a-z][\w-]+/g));
		expect(options(indonesian)).toEqual(options(english));
	});
	test('is found from the other, and the other from it', () => {
		expect(english).toContain(`(${path.basename(translation)})`);
		expect(indonesian).toContain(`(${path.basename(name)})`);
	});
});

const allPages = [...pages, 'README.id.md', 'docs/ARCHITECTURE.md'];

test.each(allPages)('what %s links to is there', name => {
	const links = [...prose(read(name)).matchAll(/\]\(([^)#:]*)(?:#([^)]*))?\)/g)];
	for (const [link, to, part] of links) {
		const file = to === '' ? name : path.join(path.dirname(name), to!);
		expect(existsSync(path.join(root, file)), `${link} in ${name}`).toBe(true);
		if (part !== undefined) expect(anchors(read(file)), `${link} in ${name}`).toContain(part);
	}
});

test.each(['README.md', 'README.id.md'])('%s leads to every page of the guide in its language', name => {
	const isHere = (page: string) => page.endsWith('.id.md') === name.endsWith('.id.md');
	const guide = pages.filter(page => page.startsWith('docs/') && isHere(page));
	expect(guide.length).toBeGreaterThan(3);
	for (const page of guide) expect(read(name)).toContain(`(${page})`);
});

/** As GitHub makes them of headings. */
function anchors(text: string): string[] {
	return [...prose(text).matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
		heading!
			.toLowerCase()
			.replace(/[^\p{L}\p{N}_ -]/gu, '')
			.replaceAll(' ', '-'),
	);
}
