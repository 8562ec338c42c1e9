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
	'collect.ts': [],
	'open-file-limit.ts': [],
	server: ['domain', 'log', 'cli', 'part.ts'],
	client: ['domain', 'log', 'cli', 'part.ts', 'open-file-limit.ts'],
	'load-balancer': ['domain', 'log', 'cli', 'part.ts', 'private-socket.ts', 'open-file-limit.ts'],
	ledger: ['domain', 'log', 'cli', 'part.ts', 'collect.ts'],
	orchestrator: ['domain', 'is-running.ts'],
	state: ['domain'],
	'programs.ts': ['domain', 'orchestrator'],
	engines: ['cli', 'domain', 'haproxy', 'is-running.ts', 'orchestrator', 'part.ts', 'programs.ts'],
	faults: ['domain', 'state', 'orchestrator'],
	session: ['domain', 'log', 'state', 'orchestrator', 'part.ts', 'programs.ts', 'engines', 'faults'],
	haproxy: ['domain', 'state', 'part.ts'],
	report: ['domain', 'state'],
	scenario: ['domain', 'cli', 'report'],
	control: ['domain', 'report', 'private-socket.ts', 'is-running.ts'],
	ui: ['domain', 'state', 'output'],
	commands: [
		...[
			'cli',
			'collect.ts',
			'control',
			'domain',
			'engines',
			'haproxy',
			'ledger',
			'log',
			'orchestrator',
			'output',
			'part.ts',
			'report',
		],
		...['scenario', 'session', 'state', 'ui'],
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
const texts = new Map(files.map(file => [file, readFileSync(path.join(root, file), 'utf8')]));
const textOf = (file: string) => texts.get(file)!;
const importsOf = (file: string) =>
	[
		...textOf(file).matchAll(/^(?:import|export|\}).* from '([^']+)';$|\bimport\('([^']+)'\)|^import '([^']+)';$/gm),
	].map(match => match[1] ?? match[2] ?? match[3]!);
const targetOf = (file: string, specifier: string) =>
	path.relative(root, path.resolve(root, path.dirname(file), specifier));
const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');

describe.each(files)('%s', file => {
	const room = roomOf(file);
	test('imports only downwards', () => {
		expect(Object.keys(floors)).toContain(room);
		for (const specifier of importsOf(file).filter(name => name.startsWith('.'))) {
			const target = targetOf(file, specifier);
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

/** What a file imports as more than a type, from which file or package. */
const loads = new Map(files.map(file => [file, loadsOf(file)]));

function loadsOf(file: string): string[] {
	return [...textOf(file).matchAll(/^(?:import|export) (?!type\b)([^;]*?)from '([^']+)';$/gm)]
		.filter(([, what]) => !/^\{(\s*type [^,}]+,?)+\s*\}\s*$/.test(what!))
		.map(([, , specifier]) => (specifier!.startsWith('.') ? targetOf(file, specifier!) : specifier!));
}

/** All that is loaded before a program's first line runs. */
const loadedBy = (file: string) => reachedBy(file, loads);

function reachedBy(file: string, ways: Map<string, string[]>, seen = new Set<string>()): Set<string> {
	for (const target of ways.get(file) ?? []) {
		if (seen.has(target)) continue;
		seen.add(target);
		reachedBy(target, ways, seen);
	}
	return seen;
}

test('no file loads itself by way of others', () => {
	expect(files.filter(file => loadedBy(file).has(file))).toEqual([]);
});

/** Who asked, what was asked, and the way it went: three records that point at each other. */
const pointingAtEachOther = ['client.ts', 'frame.ts', 'link.ts'].map(name => path.join('load-balancer', name));

test('nor does it know itself by way of others, be it for types alone', () => {
	const known = new Map(
		files.map(file => [
			file,
			importsOf(file)
				.filter(name => name.startsWith('.'))
				.map(name => targetOf(file, name)),
		]),
	);
	expect(known.get('main.ts')).toContain(path.join('commands', 'lab.ts'));
	expect(files.filter(file => reachedBy(file, known).has(file)).sort()).toEqual(pointingAtEachOther);
});

test('nothing is exported that no other file imports', () => {
	const tests = path.resolve(root, '../test');
	const readers = readdirSync(tests, {recursive: true, encoding: 'utf8'})
		.filter(name => /\.tsx?$/.test(name))
		.map(name => path.relative(root, path.join(tests, name)));
	const imported = new Set<string>();
	/** Whoever imports them while it runs names what it wants in many ways. */
	const late = new Set<string>();
	for (const reader of [...files, ...readers]) {
		const text = texts.get(reader) ?? readFileSync(path.join(root, reader), 'utf8');
		for (const [, names, specifier] of text.matchAll(/^(?:import|export) (?:type )?\{([^}]*)\} from '(\.[^']+)';$/gm))
			for (const name of names!.split(','))
				imported.add(`${targetOf(reader, specifier!)} ${name.trim().replace(/^type | as .*$/g, '')}`);
		for (const [, specifier] of text.matchAll(/import\('(\.[^']+)'\)/g)) late.add(targetOf(reader, specifier!));
	}
	const exported = files
		.filter(file => !late.has(file))
		.flatMap(file =>
			[...textOf(file).matchAll(/^export (?:async )?(?:const|let|function\*?|class|type) (\w+)/gm)].map(
				([, name]) => `${file} ${name}`,
			),
		);
	expect(exported.length).toBeGreaterThan(500);
	expect(exported.filter(each => !imported.has(each))).toEqual([]);
});

/** Each of these takes one to three megabytes of every process that loads it. */
const heavy = ['zod', 'yaml', 'react', 'ink', 'execa', 'node:tls', 'node:crypto'];

describe.each(['load-balancer/main.ts', 'client/main.ts', 'client/clients-main.ts'])('%s', file => {
	test('loads nothing large that it needs only at times', () => {
		const loaded = loadedBy(file);
		expect(loaded).toContain('cli/option.ts');
		expect(heavy.filter(name => loaded.has(name))).toEqual([]);
	});
});
