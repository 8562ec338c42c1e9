/** One colour for every kind of terminal, and how it is written on each. */

import type {ChalkInstance} from 'chalk';

/**
 * `code`: which of the terminal's own sixteen stands for it, chosen by meaning, where there are no more; without `hex`
 * everywhere.
 */
export type Hue = {code: number; hex?: string};

const names = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;

/** The chalk that writes in this colour, as exactly as the chalk's level allows. */
export function inHue(chalk: ChalkInstance, {code, hex}: Hue): ChalkInstance {
	if (hex !== undefined && chalk.level === 3) return chalk.hex(hex);
	if (hex !== undefined && chalk.level === 2) return chalk.ansi256(nearest256(hex));
	const name = names[code % 8]!;
	return code < 8 ? chalk[name] : chalk[`${name}Bright`];
}

/** The same, behind the text. */
export function onHue(chalk: ChalkInstance, {code, hex}: Hue): ChalkInstance {
	if (hex !== undefined && chalk.level === 3) return chalk.bgHex(hex);
	if (hex !== undefined && chalk.level === 2) return chalk.bgAnsi256(nearest256(hex));
	const name = names[code % 8]!;
	const behind = `bg${name[0]!.toUpperCase()}${name.slice(1)}` as `bg${Capitalize<typeof name>}`;
	return code < 8 ? chalk[behind] : chalk[`${behind}Bright`];
}

/** Each 0 to 255. */
export type Rgb = [red: number, green: number, blue: number];

/** Of `#rrggbb`. */
export function rgbOf(hex: string): Rgb {
	const number = Number.parseInt(hex.slice(1), 16);
	return [number >> 16, (number >> 8) & 255, number & 255];
}

/**
 * The colour of the 256 that looks most like this one; the first sixteen are left out: each terminal has its own. (chalk
 * takes the cube's steps for even, and makes blue of grey.)
 */
export function nearest256(hex: string): number {
	const wanted = rgbOf(hex);
	let best = 16;
	let least = Number.POSITIVE_INFINITY;
	for (let code = 16; code < 256; code++) {
		const distance = distanceOf(wanted, rgbOf256(code));
		if (distance < least) [best, least] = [code, distance];
	}
	return best;
}

/** What xterm's colour 16 to 255 is: a cube of six steps, then greys. */
export function rgbOf256(code: number): Rgb {
	if (code >= 232) return [8 + (code - 232) * 10, 8 + (code - 232) * 10, 8 + (code - 232) * 10];
	const step = (level: number) => (level === 0 ? 0 : 55 + level * 40);
	const place = code - 16;
	return [step(Math.floor(place / 36)), step(Math.floor(place / 6) % 6), step(place % 6)];
}

/** How different two colours look, by the cheap approximation of T. Riemersma (CompuPhase, 2008). */
function distanceOf([red, green, blue]: Rgb, [otherRed, otherGreen, otherBlue]: Rgb): number {
	const mean = (red + otherRed) / 2;
	const [r, g, b] = [red - otherRed, green - otherGreen, blue - otherBlue];
	return (2 + mean / 256) * r * r + 4 * g * g + (2 + (255 - mean) / 256) * b * b;
}
