/** From the start of node to the first frame of the lab on a terminal. */
import {setTimeout as sleep} from 'node:timers/promises';
import {stripVTControlCharacters} from 'node:util';
import {inFreshFolder} from './lbtop-lab.mjs';
import {launcher, missingLbtop} from './peers.mjs';
import {endTree, runProgram, watchOver} from './processes.mjs';
import {importPty} from './pty.mjs';
import {saveResults} from './results.mjs';
import {spread} from './statistics.mjs';
import {range, verdict, whole} from './table.mjs';

const ASKED_MS = 250;
const LIMIT_MS = 15_000;
const PAUSE_MS = 500;
const FIRST_WORD = 'Servers';

/** Measures and prints; one start before the first round is not counted. */
export async function benchStart({directory, rounds, save}) {
	const missing = missingLbtop();
	if (missing) throw new Error(missing);
	const pty = await importPty();
	if (pty === undefined) return true;
	await firstFrame(pty, directory);
	const frames = [];
	const bare = [];
	for (let round = 0; round < rounds; round++) {
		bare.push(await bareNode());
		frames.push(await firstFrame(pty, directory));
		await sleep(PAUSE_MS);
	}
	const figure = {
		measuredAt: new Date().toISOString(),
		rounds,
		firstFrameMs: spread(frames),
		bareNodeMs: spread(bare),
	};
	print(figure);
	if (save) saveResults('start', {start: figure});
	return true;
}

/** Milliseconds until `node -e 0` has ended, to set the figure against. */
async function bareNode() {
	const startedAt = performance.now();
	await runProgram(process.execPath, ['-e', '0']);
	return performance.now() - startedAt;
}

/** Opens the lab on a pseudo-terminal, waits for its first frame, ends it. */
function firstFrame(pty, directory) {
	return inFreshFolder(directory, async cwd => {
		const startedAt = performance.now();
		const terminal = pty.spawn(process.execPath, [launcher], {
			name: 'xterm-256color',
			cols: 120,
			rows: 40,
			cwd,
			env: {...process.env, TERM: 'xterm-256color'},
		});
		const ended = new Promise(resolve => terminal.onExit(resolve));
		const stop = () => endTree(terminal.pid, ended);
		watchOver({pid: terminal.pid, ended, stop});
		try {
			await painted(terminal, ended);
			return performance.now() - startedAt;
		} finally {
			await stop();
		}
	});
}

/** Settles when the terminal has been sent the word that a frame begins with. */
function painted(terminal, ended) {
	return new Promise((resolve, reject) => {
		let screen = '';
		const fail = what => reject(new Error(`${what}: ${screen.slice(-500)}`));
		const limit = setTimeout(fail, LIMIT_MS, 'no frame was painted');
		terminal.onData(bytes => {
			screen += stripVTControlCharacters(bytes);
			if (!screen.includes(FIRST_WORD)) return;
			clearTimeout(limit);
			resolve();
		});
		ended.then(() => fail('lbtop ended before it painted a frame'));
	});
}

function print({firstFrameMs, bareNodeMs, rounds}) {
	console.log(
		`\n${rounds} starts: first frame after ${whole(firstFrameMs.median)} ms (${range(firstFrameMs)}); node alone takes ${whole(bareNodeMs.median)} ms`,
	);
	const first = firstFrameMs.median;
	console.log(verdict('first frame', first, '≤', ASKED_MS, ' ms'));
}
