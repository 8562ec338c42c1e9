import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';

/** Who may import whom: a room's own files and the rooms named here. Packages are named apart below. */
const floors: Record<string, string[]> = {
	words: [],
	domain: [],
	log: ['domain', 'is-running.ts'],
	cli: ['domain', 'output'],
	output: [],
	'part.ts': ['domain', 'log', 'output'],
	'private-socket.ts': ['domain'],
	'is-running.ts': [],
	server: ['domain', 'log', 'cli', 'part.ts'],
	client: ['domain', 'log', 'cli', 'part.ts'],
	'load-balancer': ['domain', 'log', 'cli', 'part.ts', 'private-socket.ts'],
	ledger: ['domain', 'log', 'cli', 'part.ts'],
	orchestrator: ['domain', 'is-running.ts'],
	state: ['domain'],
	'programs.ts': ['domain', 'orchestrator'],
	'session-log.ts': ['domain', 'log', 'state'],
	'why.ts': ['domain', 'log'],
	faults: ['domain', 'state', 'orchestrator'],
	'session-servers.ts': ['domain', 'state'],
	'session-places.ts': ['domain', 'orchestrator'],
	'session.ts': [
		...['domain', 'log', 'state', 'orchestrator', 'part.ts'],
		...['programs.ts', 'faults', 'session-log.ts', 'session-places.ts', 'session-servers.ts', 'why.ts'],
	],
	report: ['domain', 'state'],
	scenario: ['domain', 'cli', 'report'],
	control: ['domain', 'report', 'private-socket.ts', 'is-running.ts'],
	ui: ['domain', 'state', 'output'],
	commands: [
		...['cli', 'control', 'domain', 'ledger', 'log', 'orchestrator', 'output', 'part.ts', 'report'],
		...['scenario', 'session.ts', 'state', 'ui'],
	],
	// The parts' programs are reached by their door alone.
	'main.ts': [
		'cli',
		'domain',
		'commands',
		'server/main.ts',
		'load-balancer/main.ts',
		'client/main.ts',
		'client/clients-main.ts',
	],
};

/** Packages a room may use beside Node's own; a room that is not named uses none. */
const packages: Record<string, string[]> = {
	domain: ['zod', 'hdr-histogram-js'],
	cli: ['commander', 'fastest-levenshtein'],
	orchestrator: ['execa'],
	server: ['libsql', '@redis/client'],
	control: ['zod'],
	report: ['fastest-levenshtein'],
	scenario: ['zod', 'yaml', 'fastest-levenshtein'],
	commands: ['yaml', 'fastest-levenshtein'],
	ui: ['ink', 'react', 'chalk', 'string-width', 'fastest-levenshtein'],
	'main.ts': ['fastest-levenshtein'],
};

/** Words are below every room; but log.txt speaks one language, whoever reads it. */
const speechless = ['log', 'words'];

/** Rooms that touch nothing of the machine: no process, file, socket, clock or chance. */
const pure = ['words', 'domain', 'state'];

const root = path.resolve(import.meta.dirname, '../src');
const files = readdirSync(root, {recursive: true, encoding: 'utf8'}).filter(name => /\.tsx?$/.test(name));
const roomOf = (file: string) => file.split(path.sep)[0]!;
const textOf = (file: string) => readFileSync(path.join(root, file), 'utf8');
const importsOf = (file: string) =>
	[
		...textOf(file).matchAll(/^(?:import|export|\}).* from '([^']+)';$|\bimport\('([^']+)'\)|^import '([^']+)';$/gm),
	].map(match => match[1] ?? match[2] ?? match[3]!);
const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');

describe.each(files)('%s', file => {
	const room = roomOf(file);
	test('imports only downwards', () => {
		expect(Object.keys(floors)).toContain(room);
		for (const specifier of importsOf(file).filter(name => name.startsWith('.'))) {
			const target = path.relative(root, path.resolve(root, path.dirname(file), specifier));
			const allowed =
				roomOf(target) === room ||
				(roomOf(target) === 'words' && !speechless.includes(room)) ||
				floors[room]!.some(door => target === door || roomOf(target) === door);
			expect(allowed, `${file} imports ${target}`).toBe(true);
		}
	});
	test('uses only the packages of its room', () => {
		const used = importsOf(file).filter(name => !name.startsWith('.') && !name.startsWith('node:'));
		for (const name of used)
			expect(packages[room] ?? [], `${file} imports ${name}`).toContain(name.replace(/^(@[^/]+\/[^/]+|[^/]+).*/, '$1'));
	});
	test('is one thing: at most 250 lines', () => {
		expect(textOf(file).split('\n').length).toBeLessThanOrEqual(251);
	});
	if (pure.includes(room))
		test('touches no machine, clock or chance', () => {
			const text = withoutComments(textOf(file));
			expect(importsOf(file).filter(name => name.startsWith('node:'))).toEqual([]);
			expect(text).not.toMatch(
				/\bDate\.now|new Date\(\)|Math\.random|performance\.now|process\.|setTimeout|setInterval/,
			);
		});
});

/** All that is loaded before a program's first line runs: what is only imported as a type is not. */
function loadedBy(file: string, seen = new Set<string>()): Set<string> {
	for (const [, what, specifier] of textOf(file).matchAll(/^(?:import|export) (?!type\b)([^;]*?)from '([^']+)';$/gm)) {
		if (/^\{(\s*type [^,}]+,?)+\s*\}\s*$/.test(what!)) continue;
		const target = specifier!.startsWith('.')
			? path.relative(root, path.resolve(root, path.dirname(file), specifier!))
			: specifier!;
		if (seen.has(target)) continue;
		seen.add(target);
		if (specifier!.startsWith('.')) loadedBy(target, seen);
	}
	return seen;
}

/** Each of these takes one to three megabytes of every process that loads it. */
const heavy = ['zod', 'yaml', 'react', 'ink', 'execa', 'node:tls', 'node:crypto'];

describe.each(['load-balancer/main.ts', 'client/main.ts', 'client/clients-main.ts'])('%s', file => {
	test('loads nothing large that it needs only at times', () => {
		const loaded = loadedBy(file);
		expect(loaded).toContain('cli/option.ts');
		expect(heavy.filter(name => loaded.has(name))).toEqual([]);
	});
});
