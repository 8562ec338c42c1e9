// Bundles the programs into dist/: lbtop itself and, beside it, each part as a program of its own.
import {existsSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {rolldown} from 'rolldown';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const {version} = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const noDevtools = 'export default {connectToDevTools() {}, initialize() {}};';

const parts = {
	server: 'src/server/main.ts',
	balancer: 'src/load-balancer/main.ts',
	client: 'src/client/main.ts',
	clients: 'src/client/clients-main.ts',
	'log-audit': 'src/ledger/main.ts',
	'log-reader': 'src/log/reader-main.ts',
	// Read by whatever program speaks it.
	indonesian: 'src/words/indonesian/index.ts',
};

// Apart, so that lbtop and the parts share nothing: what they share would lie in many small files, and each file that is
// loaded costs a start a millisecond or two.
const settings = {
	cwd: root,
	platform: 'node',
	// Native code: loaded from node_modules, and only by a server that shares its IDs through SQLite.
	external: ['libsql'],
	transform: {
		define: {
			'process.env.NODE_ENV': '"production"',
			'process.env.DEV': '"false"',
			__VERSION__: JSON.stringify(version),
		},
	},
	plugins: [
		{
			// Ink loads React's devtools only in development; bundled, they would only cost start-up.
			name: 'no-devtools',
			resolveId: id => (id === 'react-devtools-core' ? '\0no-devtools' : null),
			load: id => (id === '\0no-devtools' ? noDevtools : null),
		},
		{
			// The first Segmenter and the set of all emoji take V8 some 50 ms each, needed or not: made when first asked for.
			name: 'unicode-when-asked',
			transform: (code, id) => (id.includes('node_modules') ? unicodeWhenAsked(code) : null),
		},
		{
			// Yoga's loader asks `fetch` for a WebAssembly that it carries in itself: the first use of fetch costs more
			// than all of the decoding. Without one it decodes by itself.
			name: 'no-fetch-for-yoga',
			transform: (code, id) => (id.includes('yoga-layout') ? code.replaceAll('typeof fetch', '"undefined"') : null),
		},
		{
			// `lbtop server` runs the part's own program, and there is one catalogue for all.
			name: 'parts-beside',
			resolveId: (id, importer) => {
				const part =
					importer &&
					Object.keys(parts).find(name => path.resolve(importer, '..', id) === path.join(root, parts[name]));
				return part ? {id: `./${part}.js`, external: true} : null;
			},
		},
	],
};

// Built aside and then put in place, so that a program that starts meanwhile finds the old or the new, never a half.
const dist = path.join(root, 'dist');
const fresh = `${dist}-${process.pid}`;
const old = `${fresh}-old`;
const minify = process.env.LBTOP_DEBUG === undefined;
// Of lbtop itself what several of its commands share is gathered into few files; as those may then need each other, their
// modules begin when first needed. The parts' hot paths are not to pay for that.
const shared = {name: 'shared', minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 40_000};
const gathered = {
	codeSplitting: {groups: [shared]},
	strictExecutionOrder: true,
	chunkFileNames: ({name}) => (name.startsWith(shared.name) ? 'shared-[hash].js' : '[name]-[hash].js'),
};
const builds = [
	[{lbtop: 'src/main.ts'}, gathered],
	[parts, {}],
];
for (const [input, output] of builds) {
	const bundle = await rolldown({...settings, input});
	await bundle.write({dir: fresh, format: 'esm', minify, ...output});
	await bundle.close();
}
writeFileSync(path.join(fresh, 'package.json'), '{"type": "module"}\n');
if (existsSync(dist)) renameSync(dist, old);
renameSync(fresh, dist);
rmSync(old, {recursive: true, force: true});

/** A printable ASCII text's characters are its graphemes: no Segmenter is asked for them. */
function unicodeWhenAsked(code) {
	return code
		.replace(
			/const (\w+) = (new Intl\.Segmenter\([^;]*\));/,
			(_, name, made) =>
				`const ${name} = {segment: text => /^[\\x20-\\x7e]*$/.test(text)` +
				` ? Array.from(text, (segment, index) => ({segment, index})) : (${name}.made ??= ${made}).segment(text)};`,
		)
		.replace(
			/const (\w+) = \/\^\\p\{RGI_Emoji\}\$\/v;/,
			(_, name) =>
				`const ${name} = {test: text => (${name}.made ??= new RegExp('^\\\\p{RGI_Emoji}$', 'v')).test(text)};`,
		);
}
