/** What the screen costs at 120×40: processor, bytes to the terminal, memory, and how soon a key is seen. */
import {setTimeout as sleep} from 'node:timers/promises';
import {stripVTControlCharacters} from 'node:util';
import {inFreshFolder} from './lbtop-lab.mjs';
import {launcher, missingLbtop} from './peers.mjs';
import {cpuSeconds, endTree, residentMegabytes, watchOver} from './processes.mjs';
import {importPty} from './pty.mjs';
import {saveResults} from './results.mjs';
import {median, spread} from './statistics.mjs';
import {range, verdict, whole} from './table.mjs';

const LIMIT_MS = 30_000;
const SETTLE_MS = 4000;
const KEYS = 60;

/** Each row: how the lab is started, what is pressed once it runs, and what is asked of a window of it. */
const scenes = {
	moving: {about: 'everything moves, 1,000 messages/s', args: ['--rate', '1000'], press: '', cpu: 12, kilobytes: 60},
	busy: {
		about: '50,000 messages/s asked for',
		args: ['--rate', '50000', '--connect', 'persistent', '--log-detail', 'off'],
		press: '',
		kilobytes: 60,
		keyMs: 60,
	},
	frozen: {about: 'the display is frozen', args: ['--rate', '1000'], press: ' ', cpu: 3},
	// The third part after both servers and the balancer: nothing is sent, nothing changes but the clocks.
	still: {about: 'the clients are stopped', args: ['--rate', '20'], press: 'Gx', cpu: 3},
};

/** Measures the scenes in turn, round by round, and prints them. */
export async function benchScreen({directory, rounds, seconds, save}) {
	const missing = missingLbtop();
	if (missing) throw new Error(missing);
	const pty = await importPty();
	if (pty === undefined) return true;
	const measured = Object.fromEntries(Object.keys(scenes).map(name => [name, []]));
	for (let round = 0; round < rounds; round++)
		for (const name of Object.keys(scenes))
			measured[name].push(await measure(pty, {directory, seconds, ...scenes[name]}));
	const figures = Object.fromEntries(Object.entries(measured).map(([name, runs]) => [name, figureOf(runs)]));
	print(figures, {rounds, seconds});
	if (save) saveResults('screen', {screen: {measuredAt: new Date().toISOString(), rounds, seconds, figures}});
	return true;
}

function figureOf(runs) {
	const keys = runs.flatMap(({keysMs}) => keysMs).sort((a, b) => a - b);
	return {
		cpuPercent: spread(runs.map(run => run.cpuPercent)),
		kilobytesPerSecond: spread(runs.map(run => run.kilobytesPerSecond)),
		framesPerSecond: spread(runs.map(run => run.framesPerSecond)),
		megabytes: spread(runs.map(run => run.megabytes)),
		...(keys.length > 0 && {
			keyMs: {median: median(keys), p99: keys[Math.ceil(keys.length * 0.99) - 1], count: keys.length},
		}),
	};
}

/** One lab on a terminal of its own. */
function measure(pty, {directory, seconds, args, press, keyMs}) {
	return inFreshFolder(directory, async cwd => {
		const lab = openLab(pty, cwd, args);
		try {
			await lab.until(/READY \d+[\s\S]*READY \d+/);
			await sleep(SETTLE_MS);
			lab.write(press);
			await sleep(SETTLE_MS);
			const before = lab.look();
			await sleep(seconds * 1000);
			const after = lab.look();
			const span = (after.at - before.at) / 1000;
			return {
				cpuPercent: ((after.cpuSeconds - before.cpuSeconds) / span) * 100,
				kilobytesPerSecond: (after.bytes - before.bytes) / span / 1000,
				framesPerSecond: (after.frames - before.frames) / span,
				megabytes: residentMegabytes([lab.pid]),
				keysMs: keyMs === undefined ? [] : await pressKeys(lab),
			};
		} finally {
			await lab.stop();
		}
	});
}

/** How long after a key the cursor's sign has moved on the terminal, for keys at uneven times. */
async function pressKeys(lab) {
	const times = [];
	for (let count = 0; count < KEYS; count++) {
		await sleep(150 + ((count * 37) % 100));
		const pressedAt = performance.now();
		const seen = lab.next(bytes => bytes.includes('▶'));
		lab.write(count % 2 === 0 ? 'j' : 'k');
		times.push((await seen) - pressedAt);
	}
	return times;
}

function openLab(pty, cwd, args) {
	const terminal = pty.spawn(process.execPath, [launcher, '--port', '0', ...args], {
		name: 'xterm-256color',
		cols: 120,
		rows: 40,
		cwd,
		env: {...process.env, TERM: 'xterm-256color', COLORTERM: 'truecolor', FORCE_COLOR: '3', CI: 'false'},
	});
	const ended = new Promise(resolve => terminal.onExit(resolve));
	const stop = () => endTree(terminal.pid, ended);
	watchOver({pid: terminal.pid, ended, stop});
	let bytes = 0;
	let frames = 0;
	let recent = '';
	const listeners = new Set();
	terminal.onData(data => {
		bytes += Buffer.byteLength(data);
		frames += data.split('\x1b[?2026h').length - 1;
		recent = (recent + data).slice(-200_000);
		for (const listener of listeners) listener(data);
	});
	const when = holds =>
		new Promise((resolve, reject) => {
			const limit = setTimeout(() => {
				listeners.delete(listener);
				reject(new Error(`not seen on the terminal: ${stripVTControlCharacters(recent).slice(-500)}`));
			}, LIMIT_MS);
			const listener = data => {
				if (!holds(data)) return;
				clearTimeout(limit);
				listeners.delete(listener);
				resolve(performance.now());
			};
			listeners.add(listener);
		});
	return {
		pid: terminal.pid,
		stop,
		write: text => text !== '' && terminal.write(text),
		next: when,
		until: pattern => when(() => pattern.test(stripVTControlCharacters(recent))),
		look: () => ({at: performance.now(), bytes, frames, cpuSeconds: cpuSeconds(terminal.pid)}),
	};
}

function print(figures, {rounds, seconds}) {
	console.log(
		`\n${rounds} rounds of ${seconds} s each, at 120×40; the process with the screen, the orchestrator and the log's reader`,
	);
	for (const [name, {about, cpu, kilobytes, keyMs}] of Object.entries(scenes)) {
		const figure = figures[name];
		const frames = figure.framesPerSecond.median.toFixed(1);
		console.log(
			`\n${about}: cpu ${figure.cpuPercent.median.toFixed(1)} % (${range(figure.cpuPercent)}), ` +
				`${figure.kilobytesPerSecond.median.toFixed(1)} kB/s, ${frames} frames/s, ${whole(figure.megabytes.median)} MB`,
		);
		if (cpu) console.log(verdict('processor', figure.cpuPercent.median, '≤', cpu, ' %'));
		if (kilobytes) console.log(verdict('to the terminal', figure.kilobytesPerSecond.median, '≤', kilobytes, ' kB/s'));
		if (keyMs) {
			console.log(`a key: median ${figure.keyMs.median.toFixed(0)} ms of ${figure.keyMs.count}`);
			console.log(verdict('a key, p99', figure.keyMs.p99, '≤', keyMs, ' ms'));
		}
	}
}
