// The real lab in a pseudo-terminal whose cells can be read, for pictures and films of it.
import {mkdtempSync, rmSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {spawn} from '@lydell/node-pty';
import xterm from '@xterm/headless';

const launcher = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../bin/lbtop.js');
const longestMs = 30_000;

/** Starts it in a folder of its own, that `end` removes. */
export function openLab(args, {columns, rows}) {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'lbtop-picture-'));
	const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 200});
	const env = {
		...process.env,
		TERM: 'xterm-256color',
		COLORTERM: 'truecolor',
		FORCE_COLOR: '3',
		CI: 'false',
		LANG: 'C.UTF-8',
	};
	const lab = spawn(process.execPath, [launcher, ...args], {cols: columns, rows, cwd: folder, env});
	let hasEnded = false;
	const ended = new Promise(resolve => lab.onExit(resolve)).then(() => {
		hasEnded = true;
	});
	let written = Promise.resolve();
	lab.onData(data => {
		written = new Promise(resolve => terminal.write(data, resolve));
	});
	const screen = () => {
		const {active} = terminal.buffer;
		return Array.from(
			{length: terminal.rows},
			(_, y) => active.getLine(active.viewportY + y)?.translateToString(true) ?? '',
		).join('\n');
	};
	const until = async pattern => {
		const end = performance.now() + longestMs;
		while (!pattern.test(screen()) && !hasEnded) {
			if (performance.now() > end) throw new Error(`${pattern} was not on the screen:\n${screen()}`);
			await wait(50);
		}
		await written;
	};
	return {
		terminal,
		until,
		/** Keys, one after the other as a person types them. */
		async type(keys) {
			for (const key of Array.isArray(keys) ? keys : [...keys]) {
				lab.write(key);
				await wait(120);
			}
		},
		async resize(size) {
			terminal.resize(size.columns, size.rows);
			lab.resize(size.columns, size.rows);
			await wait(1200);
			await written;
		},
		/** Waits for its end, or ends it. */
		async end() {
			if (!hasEnded) lab.write('Q');
			await Promise.race([ended, wait(10_000).then(() => lab.kill('SIGKILL'))]);
			await written;
			rmSync(folder, {recursive: true, force: true});
		},
	};
}
