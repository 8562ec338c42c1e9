// Bundles the programs into dist/: lbtop itself and, beside it, each part as a program of its own.
import {existsSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {rolldown} from 'rolldown';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const {version} = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const noDevtools = 'export default {connectToDevTools() {}, initialize() {}};';

const bundle = await rolldown({
	cwd: root,
	input: {
		lbtop: 'src/main.ts',
		server: 'src/server/main.ts',
		balancer: 'src/load-balancer/main.ts',
		client: 'src/client/main.ts',
		clients: 'src/client/clients-main.ts',
	},
	platform: 'node',
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
			// Yoga's loader asks `fetch` for a WebAssembly that it carries in itself: the first use of fetch costs more
			// than all of the decoding. Without one it decodes by itself.
			name: 'no-fetch-for-yoga',
			transform: (code, id) => (id.includes('yoga-layout') ? code.replaceAll('typeof fetch', '"undefined"') : null),
		},
	],
});

// Built aside and then put in place, so that a program that starts meanwhile finds the old or the new, never a half.
const dist = path.join(root, 'dist');
const fresh = `${dist}-${process.pid}`;
const old = `${fresh}-old`;
await bundle.write({dir: fresh, format: 'esm', minify: process.env.LBTOP_DEBUG === undefined});
await bundle.close();
writeFileSync(path.join(fresh, 'package.json'), '{"type": "module"}\n');
if (existsSync(dist)) renameSync(dist, old);
renameSync(fresh, dist);
rmSync(old, {recursive: true, force: true});
