// A terminal's cells as SVG, row by row. Lines, blocks and braille are drawn as shapes, so that they join whatever the
// font; letters in runs, stretched to their cells.

const cell = {width: 10, height: 20};
const pad = 12;
const fontSize = cell.width / 0.602;
const dark = {ink: '#d4d7dd', paper: '#14161b'};
const sixteen =
	'#2b2f38 #e5534b #57ab5a #d9a441 #539bf5 #b083f0 #39c5cf #c9ced6 #636e7b #ff7b72 #6bc46d #f2cc60 #79b8ff #d2a8ff #56d4dd #ffffff'.split(
		' ',
	);

/** The SVG of an @xterm/headless terminal's visible screen; `look`: its own colours of text and background. */
export function screenToSvg(terminal, look = dark) {
	const size = {columns: terminal.cols, rows: terminal.rows};
	return picture(size, look, rowsToSvg(terminal, look).map(placed).join(''));
}

/** Each row's elements, from the top left corner of its first cell. */
export function rowsToSvg(terminal, look = dark) {
	const buffer = terminal.buffer.active;
	return Array.from({length: terminal.rows}, (_, y) =>
		rowToSvg(buffer.getLine(buffer.viewportY + y), terminal.cols, look),
	);
}

/**
 * A film as one SVG: its `frames` are `{rows, caption, ms}` with the rows of {@link rowsToSvg}; rows that stay are in it
 * once.
 */
export function filmToSvg(frames, size, look = dark) {
	const ids = new Map();
	for (const {rows} of frames) for (const row of rows) if (row !== '' && !ids.has(row)) ids.set(row, `r${ids.size}`);
	const totalMs = frames.reduce((sum, {ms}) => sum + ms, 0);
	let at = 0;
	let styles = '.f{visibility:hidden;animation-iteration-count:infinite;animation-timing-function:step-end}';
	let shown = '';
	for (const [index, {rows, caption, ms}] of frames.entries()) {
		const [from, to] = [at, at + ms].map(time => Number(((time / totalMs) * 100).toFixed(2)));
		at += ms;
		const before = from > 0 ? '0%{visibility:hidden}' : '';
		const after = to < 100 ? `${to}%{visibility:hidden}` : '';
		styles += `@keyframes k${index}{${before}${from}%{visibility:visible}${after}}.f${index}{animation-name:k${index}}`;
		const uses = rows
			.map((row, y) => (row === '' ? '' : `<use href="#${ids.get(row)}" y="${y * cell.height}"/>`))
			.join('');
		shown += `<g class="f f${index}"><g transform="translate(${pad} ${pad})">${uses}</g>${captionOf(caption, size)}</g>`;
	}
	const defs = [...ids].map(([row, id]) => `<g id="${id}">${row}</g>`).join('');
	const style = `<style>${styles}.f{animation-duration:${totalMs}ms}</style>`;
	return picture({...size, rows: size.rows + 2}, look, `${style}<defs>${defs}</defs>${shown}`);
}

function captionOf(caption, {rows}) {
	const y = pad + (rows + 1.5) * cell.height;
	return `<text x="${pad}" y="${y}" fill="#e69f00" font-weight="bold">${escaped(caption)}</text>`;
}

function picture({columns, rows}, {ink, paper}, content) {
	const w = columns * cell.width + pad * 2;
	const h = rows * cell.height + pad * 2;
	return (
		`<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" xml:space="preserve" ` +
		`font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="${round(fontSize)}" fill="${ink}">` +
		`<title>A terminal with lbtop in it</title><rect width="100%" height="100%" rx="8" fill="${paper}"/>${content}</svg>\n`
	);
}

function placed(row, y) {
	return row === '' ? '' : `<g transform="translate(${pad} ${pad + y * cell.height})">${row}</g>`;
}

function rowToSvg(line, columns, {ink, paper}) {
	const fills = new Map();
	const strokes = new Map();
	const dots = new Map();
	const add = (map, colour, path) => map.set(colour, (map.get(colour) ?? '') + path);
	const letters = [];
	let back = '';
	let ground;
	for (let x = 0; line && x < columns; x++) {
		const one = line.getCell(x);
		const characters = one.getChars();
		const width = one.getWidth();
		let fore = colourOf(one, 'Fg') ?? ink;
		let behind = colourOf(one, 'Bg');
		if (one.isInverse()) [fore, behind] = [behind ?? paper, fore];
		if (one.isDim()) fore = mixed(fore, behind ?? paper);
		const px = x * cell.width;
		if (behind && width) {
			if (ground?.colour === behind && ground.end === px) ground.end += cell.width * width;
			else {
				back += groundOf(ground);
				ground = {colour: behind, from: px, end: px + cell.width * width};
			}
		}
		if (!characters || characters === ' ' || one.isInvisible()) continue;
		const shape = shapeOf(characters, px);
		if (shape) add({fill: fills, stroke: strokes, dot: dots}[shape.kind], fore, shape.path);
		else
			addLetter(letters, {
				x,
				width,
				characters,
				fore,
				isBold: Boolean(one.isBold()),
				isUnder: Boolean(one.isUnderline()),
			});
	}
	const shapes = (map, attributes) =>
		[...map].map(([colour, path]) => `<path d="${path}" ${attributes(colour)}/>`).join('');
	return (
		back +
		groundOf(ground) +
		shapes(fills, colour => `fill="${colour}" shape-rendering="crispEdges"`) +
		shapes(strokes, colour => `stroke="${colour}" stroke-width="1.2" fill="none"`) +
		shapes(dots, colour => `stroke="${colour}" stroke-width="2.7" stroke-linecap="round"`) +
		letters.map(run => runToSvg(run, ink)).join('')
	);
}

const groundOf = ground =>
	ground
		? `<rect x="${ground.from}" width="${ground.end - ground.from}" height="${cell.height}" fill="${ground.colour}"/>`
		: '';

/** Letters of one look that stand beside each other, or a space apart, are one text. */
function addLetter(runs, {x, width, characters, ...look}) {
	const run = runs.at(-1);
	const isSame = run && run.fore === look.fore && run.isBold === look.isBold && run.isUnder === look.isUnder;
	const gap = run ? x - run.end : 0;
	if (!isSame || width !== 1 || run.isWide || gap > 1)
		return runs.push({...look, x, end: x + width, text: characters, isWide: width > 1});
	run.text += ' '.repeat(gap) + characters;
	run.end = x + 1;
}

function runToSvg({x, end, text, fore, isBold, isUnder}, ink) {
	const length = (end - x) * cell.width;
	const style = `${fore === ink ? '' : ` fill="${fore}"`}${isBold ? ' font-weight="bold"' : ''}${isUnder ? ' text-decoration="underline"' : ''}`;
	const stretch = end - x > 1 ? ` textLength="${length}" lengthAdjust="spacingAndGlyphs"` : '';
	return `<text x="${x * cell.width}" y="15.5"${stretch}${style}>${escaped(text)}</text>`;
}

const escaped = text => text.replace(/[&<>]/g, one => ({'&': '&amp;', '<': '&lt;', '>': '&gt;'})[one]);

function colourOf(one, which) {
	if (one[`is${which}RGB`]()) return hex(one[`get${which}Color`]());
	if (!one[`is${which}Palette`]()) return undefined;
	const n = one[`get${which}Color`]();
	if (n < 16) return sixteen[which === 'Fg' && one.isBold() && n < 8 ? n + 8 : n];
	if (n >= 232) return hex((8 + (n - 232) * 10) * 0x010101);
	return hex([36, 6, 1].reduce((sum, step) => sum * 256 + ramp(Math.floor((n - 16) / step) % 6), 0));
}

const ramp = level => (level ? 55 + level * 40 : 0);
const hex = n => `#${n.toString(16).padStart(6, '0')}`;
const round = n => Number(n.toFixed(2));

/** Half of one colour over another, for dim text and shades. */
function mixed(fore, behind, part = 0.55) {
	const [a, b] = [fore, behind].map(colour => Number.parseInt(colour.slice(1), 16));
	const level = shift => Math.round(((a >> shift) & 255) * part + ((b >> shift) & 255) * (1 - part));
	return hex((level(16) << 16) | (level(8) << 8) | level(0));
}

// Which of up, down, left, right a box character joins.
const joins = Object.fromEntries(
	'─lr │ud ┌dr ┐dl └ur ┘ul ├udr ┤udl ┬dlr ┴ulr ┼udlr ╶r ╴l ╵u ╷d ╭dr ╮dl ╰ur ╯ul ━lr ┃ud ┏dr ┓dl ┗ur ┛ul'
		.split(' ')
		.map(s => [s[0], s.slice(1)]),
);
const brailleDots = [
	[0, 0],
	[0, 1],
	[0, 2],
	[1, 0],
	[1, 1],
	[1, 2],
	[0, 3],
	[1, 3],
];

function shapeOf(character, x) {
	const point = character.codePointAt(0);
	const {width, height} = cell;
	const box = (left, top, w, h) => ({
		kind: 'fill',
		path: `M${round(left)} ${round(top)}h${round(w)}v${round(h)}h${round(-w)}z`,
	});
	if (point === 0x2580) return box(x, 0, width, height / 2);
	if (point >= 0x2581 && point <= 0x2588) {
		const part = (height * (point - 0x2580)) / 8;
		return box(x, height - part, width, part);
	}
	if (point >= 0x2589 && point <= 0x258f) return box(x, 0, (width * (0x2590 - point)) / 8, height);
	if (point >= 0x2591 && point <= 0x2593) return shade(x, point - 0x2590);
	if (point > 0x2800 && point <= 0x28ff)
		return {
			kind: 'dot',
			path: brailleDots
				.filter((_, bit) => (point - 0x2800) & (1 << bit))
				.map(([a, b]) => `M${round(x + width * (0.27 + 0.46 * a))} ${round(height * (0.125 + 0.25 * b))}h0`)
				.join(''),
		};
	const sides = joins[character];
	if (!sides) return undefined;
	const [mx, my] = [x + width / 2, height / 2];
	const ends = {u: 'V0', d: `V${height}`, l: `H${x}`, r: `H${x + width}`};
	return {kind: 'stroke', path: [...sides].map(side => `M${mx} ${my}${ends[side]}`).join('')};
}

/** A quarter, a half or three quarters of the cell, in stripes. */
function shade(x, quarters) {
	const stripes = Array.from({length: 4}, (_, index) => `M${x} ${index * 5}h10v${(quarters * 5) / 4}h-10z`);
	return {kind: 'fill', path: stripes.join('')};
}
