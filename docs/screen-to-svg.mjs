// A terminal's cells as an SVG. Lines, blocks and braille are drawn as shapes, so that they join whatever the font.

const cell = {width: 10, height: 20};
const pad = 12;
const fontSize = cell.width / 0.602;
const ink = '#d4d7dd';
const paper = '#14161b';
const sixteen =
	'#2b2f38 #e5534b #57ab5a #d9a441 #539bf5 #b083f0 #39c5cf #c9ced6 #636e7b #ff7b72 #6bc46d #f2cc60 #79b8ff #d2a8ff #56d4dd #ffffff'.split(
		' ',
	);

/** The SVG of an @xterm/headless terminal's visible screen. */
export function screenToSvg(terminal) {
	const {cols, rows} = terminal;
	const buffer = terminal.buffer.active;
	let back = '';
	let front = '';
	for (let y = 0; y < rows; y++) {
		const line = buffer.getLine(buffer.viewportY + y);
		for (let x = 0; line && x < cols; x++) {
			const one = line.getCell(x);
			const characters = one.getChars();
			const width = one.getWidth();
			let fore = colourOf(one, 'Fg');
			let behind = colourOf(one, 'Bg');
			if (one.isInverse()) [fore, behind] = [behind ?? paper, fore ?? ink];
			const px = pad + x * cell.width;
			const py = pad + y * cell.height;
			if (behind && width) back += rectangle(px, py, cell.width * width, cell.height, behind);
			if (!characters || characters === ' ' || one.isInvisible()) continue;
			const glyph = shapeOf(characters, px, py, fore ?? ink) ?? letter(characters, px, py, fore ?? ink, one.isBold());
			front += one.isDim() ? `<g opacity="0.55">${glyph}</g>` : glyph;
		}
	}
	const w = cols * cell.width + pad * 2;
	const h = rows * cell.height + pad * 2;
	return (
		`<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" ` +
		`font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="${round(fontSize)}">` +
		`<title>A terminal with lbtop in it</title><rect width="100%" height="100%" rx="8" fill="${paper}"/>${back}${front}</svg>\n`
	);
}

function letter(characters, x, y, fill, bold) {
	const escaped = characters.replace(/[&<>]/g, one => ({'&': '&amp;', '<': '&lt;', '>': '&gt;'})[one]);
	return `<text x="${x}" y="${y + 15.5}" fill="${fill}"${bold ? ' font-weight="bold"' : ''}>${escaped}</text>`;
}

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
const rectangle = (x, y, w, h, fill, opacity = 1) =>
	`<rect x="${round(x)}" y="${round(y)}" width="${round(w)}" height="${round(h)}" fill="${fill}"${opacity < 1 ? ` fill-opacity="${opacity}"` : ''}/>`;

// Which of up, down, left, right a box character joins.
const joins = Object.fromEntries(
	'─lr │ud ┌dr ┐dl └ur ┘ul ├udr ┤udl ┬dlr ┴ulr ┼udlr ╶r ╴l ╵u ╷d ╭dr ╮dl ╰ur ╯ul ━lr ┃ud'
		.split(' ')
		.map(s => [s[0], s.slice(1)]),
);
const dots = [
	[0, 0],
	[0, 1],
	[0, 2],
	[1, 0],
	[1, 1],
	[1, 2],
	[0, 3],
	[1, 3],
];

function shapeOf(character, x, y, fill) {
	const point = character.codePointAt(0);
	const {width, height} = cell;
	if (point >= 0x2581 && point <= 0x2588) {
		const part = (height * (point - 0x2580)) / 8;
		return rectangle(x, y + height - part, width, part, fill);
	}
	if (point >= 0x2589 && point <= 0x258f) return rectangle(x, y, (width * (0x2590 - point)) / 8, height, fill);
	if (point >= 0x2591 && point <= 0x2593) return rectangle(x, y, width, height, fill, (point - 0x2590) / 4);
	if (point > 0x2800 && point <= 0x28ff)
		return dots
			.filter((_, bit) => (point - 0x2800) & (1 << bit))
			.map(
				([a, b]) =>
					`<circle cx="${round(x + width * (0.27 + 0.46 * a))}" cy="${round(y + height * (0.125 + 0.25 * b))}" r="1.35" fill="${fill}"/>`,
			)
			.join('');
	const sides = joins[character];
	if (!sides) return undefined;
	const [mx, my] = [x + width / 2, y + height / 2];
	const ends = {u: `V${y}`, d: `V${y + height}`, l: `H${x}`, r: `H${x + width}`};
	return `<path d="${[...sides].map(side => `M${mx} ${my}${ends[side]}`).join('')}" stroke="${fill}" stroke-width="1.2" fill="none"/>`;
}
