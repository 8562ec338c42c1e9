// The film: a session at the keyboard, as an asciicast (asciinema's format, version 2) and as one SVG that moves.
import {setTimeout as wait} from 'node:timers/promises';
import {openLab} from './lab-on-terminal.mjs';
import {filmToSvg, rowsToSvg} from './screen-to-svg.mjs';

const size = {columns: 80, rows: 24};

/** How often the cast looks at the screen. */
const lookMs = 1000;

/**
 * Each scene: what is pressed, what must then be on the screen, for how long it is looked at, and what it shows. A pressed
 * text is typed; Esc, Enter and arrows are written out. Passages are in the cast alone.
 */
const scenes = [
	{
		keys: [],
		until: /Server 2 +READY/,
		ms: 9000,
		caption: 'Two servers, a load balancer, clients at work: node bin/lbtop.js',
	},
	{keys: 'X', until: /STOPPED.*DOWN/, ms: 4000, caption: 'X kills Server 1 (kill -9): its messages move to Server 2'},
	{keys: 's', until: /Server 1 +READY \d+ +UP/, ms: 5000, caption: 's starts it again: it takes its share back'},
	{keys: 'p', until: /PAUSED +(?:\d+ +)?DOWN/, ms: 3000, caption: 'p freezes it (SIGSTOP): only its checks tell'},
	{keys: 'p', until: /Server 1 +READY \d+ +UP/, ms: 3000, caption: 'p lets it go on', isPassage: true},
	{
		keys: 'r',
		until: /Server 1 +(?:STOPPING|STARTING|READY)/,
		ms: 5000,
		caption: 'r restarts it gently: drained, stopped, started, awaited',
	},
	{keys: ['6', 'z'], until: /Message Received/, ms: 2500, caption: '6 goes to log.txt, z gives it the whole screen'},
	{keys: ['/', ...'Retry', '\r'], until: /Retry/, ms: 3500, caption: '/ searches the whole file'},
	{keys: ['\x1b', 'z', '1'], until: /1 Servers/, ms: 2000, caption: 'Esc, z, 1: back to the servers'},
	{
		keys: [' ', '\x1b[D', '\x1b[D', '\x1b[D', '\x1b[D', '\x1b[D', '\x1b[D'],
		until: /FROZEN/,
		ms: 3500,
		caption: 'Space freezes the display, arrows go back in time',
	},
	{keys: ' ', until: /RUN/, ms: 1500, caption: 'Space: back to now', isPassage: true},
	{keys: 'q', until: /verdict/, ms: 4000, caption: 'q ends it in order; the summary stays'},
];

/** Plays the scenes and gives the files' texts by their names. */
export async function recordFilm() {
	const lab = openLab(['--rate', '100', '--service-time', 'exp:3ms', '--seed', '42'], size);
	const cast = createCast(lab.terminal);
	const frames = [];
	try {
		for (const {keys, until, ms, caption, isPassage} of scenes) {
			await lab.type(keys);
			await lab.until(until);
			await wait(ms);
			if (!isPassage) frames.push({rows: rowsToSvg(lab.terminal), caption, ms: 3500});
		}
	} finally {
		await lab.end();
		cast.end();
	}
	return {'demo.cast': cast.text(), 'demo.svg': filmToSvg(frames, size)};
}

/** Looks at the terminal's cells at a steady pace and writes down the rows that changed. */
function createCast(terminal) {
	const startedAt = performance.now();
	const lines = [
		JSON.stringify({version: 2, width: size.columns, height: size.rows, idle_time_limit: 2, title: 'lbtop'}),
	];
	let before = [];
	const look = () => {
		const rows = Array.from({length: terminal.rows}, (_, y) => rowToAnsi(terminal, y));
		const changes = rows
			.flatMap((row, y) => (row === before[y] ? [] : [`\x1b[${y + 1};1H\x1b[0m\x1b[K${row}`]))
			.join('');
		before = rows;
		if (changes !== '')
			lines.push(JSON.stringify([Number(((performance.now() - startedAt) / 1000).toFixed(2)), 'o', changes]));
	};
	lines.push(JSON.stringify([0, 'o', '\x1b[?25l\x1b[2J']));
	const timer = setInterval(look, lookMs);
	return {
		end: () => {
			clearInterval(timer);
			look();
		},
		text: () => `${lines.join('\n')}\n`,
	};
}

function rowToAnsi(terminal, y) {
	const {active} = terminal.buffer;
	const line = active.getLine(active.viewportY + y);
	let text = '';
	let style = '';
	for (let x = 0; line && x < terminal.cols; x++) {
		const one = line.getCell(x);
		if (one.getWidth() === 0) continue;
		const next = sgrOf(one);
		if (next !== style) text += `\x1b[0${next}m`;
		style = next;
		text += one.getChars() || ' ';
	}
	return style === '' ? text.trimEnd() : text;
}

function sgrOf(one) {
	const flags = [one.isBold() && 1, one.isDim() && 2, one.isUnderline() && 4, one.isInverse() && 7].filter(Boolean);
	const colour = (which, code) => {
		const n = one[`get${which}Color`]();
		if (one[`is${which}RGB`]()) return [`${code};2;${n >> 16};${(n >> 8) & 255};${n & 255}`];
		return one[`is${which}Palette`]() ? [`${code};5;${n}`] : [];
	};
	return [...flags, ...colour('Fg', 38), ...colour('Bg', 48)].map(part => `;${part}`).join('');
}
