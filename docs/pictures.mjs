// Makes the pictures in this folder from the real program: starts the lab in a pseudo-terminal, presses keys as a user
// would, and draws the terminal's cells. `npm run pictures`.
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {spawn} from '@lydell/node-pty';
import xterm from '@xterm/headless';
import {screenToSvg} from './screen-to-svg.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const launcher = path.resolve(here, '../bin/lbtop.js');

const pictures = [
	{name: 'lbtop-120x40', columns: 120, rows: 40},
	{name: 'lbtop-80x24', columns: 80, rows: 24},
];

for (const {name, columns, rows} of pictures) {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'lbtop-picture-'));
	const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
	const lab = spawn(process.execPath, [launcher, '--rate', '200', '--service-time', 'exp:3ms', '--seed', '42'], {
		cols: columns,
		rows,
		cwd: folder,
		env: {...process.env, TERM: 'xterm-256color', COLORTERM: 'truecolor', FORCE_COLOR: '3', CI: 'false'},
	});
	const ended = new Promise(resolve => lab.onExit(resolve));
	let written = Promise.resolve();
	lab.onData(data => {
		written = new Promise(resolve => terminal.write(data, resolve));
	});
	// A picture wants some history on its charts, and a failure in the middle of it.
	await wait(20_000);
	lab.write('X');
	await wait(6000);
	lab.write('s');
	await wait(9000);
	lab.write('X');
	await wait(2500);
	await written;
	writeFileSync(path.join(here, `${name}.svg`), screenToSvg(terminal));
	lab.write('q');
	await ended;
	rmSync(folder, {recursive: true, force: true});
	process.stdout.write(`docs/${name}.svg\n`);
}
