import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {build} from 'rolldown';

/** One TypeScript program made runnable by this Node, in a folder of its own; `close` removes it. */
export async function bundleProgram(source: string): Promise<{file: string; close(): void}> {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'lbtop-program-'));
	const file = path.join(folder, 'program.mjs');
	await build({
		input: path.resolve(import.meta.dirname, '../..', source),
		platform: 'node',
		transform: {define: {'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"'}},
		// Ink loads React's devtools only in development, and they are not installed.
		plugins: [
			{
				name: 'no-devtools',
				resolveId: id => (id === 'react-devtools-core' ? '\0no-devtools' : null),
				load: id => (id === '\0no-devtools' ? 'export default {connectToDevTools() {}, initialize() {}};' : null),
			},
		],
		output: {file, format: 'esm', codeSplitting: false},
		logLevel: 'silent',
	});
	writeFileSync(path.join(folder, 'package.json'), '{"type": "module"}\n');
	return {file, close: () => rmSync(folder, {recursive: true, force: true})};
}
