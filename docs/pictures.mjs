// Makes the pictures and the film in this folder from the real program, with the keys a user would press, so that they show
// what it is. `npm run pictures`, or `npm run pictures -- film` for the film alone; three minutes.
import {statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {recordFilm} from './film.mjs';
import {openLab} from './lab-on-terminal.mjs';
import {screenToSvg} from './screen-to-svg.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const mostBytes = 150_000;

const sizes = [
	[120, 40],
	[60, 16],
	[80, 24],
	[100, 30],
	[200, 60],
];

/** In the order in which `T` comes to them; each with its own background around the cells. */
const themes = {
	dark: {ink: '#d4d7dd', paper: '#14161b'},
	light: {ink: '#1d2127', paper: '#fafafa'},
	'high-contrast': {ink: '#ffffff', paper: '#000000'},
	amber: {ink: '#ffb52e', paper: '#140c00'},
	mono: {ink: '#d4d7dd', paper: '#14161b'},
};

const [asked] = process.argv.slice(2);
if (asked === undefined || asked === 'pictures') await takePictures();
if (asked === undefined || asked === 'film')
	for (const [name, text] of Object.entries(await recordFilm())) keep(name, text);

async function takePictures() {
	const lab = openLab(['--rate', '200', '--service-time', 'exp:3ms', '--seed', '42'], {columns: 120, rows: 40});
	try {
		// A picture wants some history on its charts, and a failure in the middle of it.
		await lab.until(/READY \d+[\s\S]*READY \d+/);
		await wait(20_000);
		await lab.type('X');
		await wait(6000);
		await lab.type('s');
		await wait(9000);
		await lab.type('X');
		await wait(2500);
		for (const [columns, rows] of sizes) {
			await lab.resize({columns, rows});
			keep(`lbtop-${columns}x${rows}.svg`, screenToSvg(lab.terminal));
		}
		await lab.resize({columns: 100, rows: 30});
		for (const [name, look] of Object.entries(themes)) {
			await chooseTheme(lab, name);
			keep(`theme-${name}.svg`, screenToSvg(lab.terminal, look));
		}
	} finally {
		await lab.end();
	}
}

/** The screen says the theme's name; another key takes that away again. */
async function chooseTheme(lab, name) {
	for (let presses = 0; presses < 10; presses++) {
		await lab.type('T');
		await lab.until(/. theme [\w-]+ *$/m);
		await wait(300);
		if (!new RegExp(` theme ${name} *$`, 'm').test(screenOf(lab))) continue;
		await lab.type('k');
		return wait(700);
	}
	throw new Error(`there is no theme ${name}`);
}

function screenOf({terminal}) {
	const {active} = terminal.buffer;
	return Array.from({length: terminal.rows}, (_, y) =>
		active.getLine(active.viewportY + y)?.translateToString(true),
	).join('\n');
}

function keep(name, text) {
	const file = path.join(here, name);
	writeFileSync(file, text);
	const {size} = statSync(file);
	process.stdout.write(`docs/${name}  ${Math.round(size / 1000)} kB${size > mostBytes ? '  LARGE' : ''}\n`);
}
