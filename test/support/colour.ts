/** Contrast as WCAG 2.2 counts it, and colours as people with other colour vision see them. */

import {type Rgb, rgbOf} from '../../src/ui/themes/hue.ts';

/** 1 (none) to 21 (black on white). */
export function contrast(one: Rgb, other: Rgb): number {
	const [less, more] = [luminance(one), luminance(other)].sort((a, b) => a - b);
	return (more! + 0.05) / (less! + 0.05);
}

function luminance(rgb: Rgb): number {
	const [r, g, b] = rgb.map(linear);
	return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function linear(level: number): number {
	const part = level / 255;
	return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

/** Machado, Oliveira and Fernandes (2009), severity 1. */
const vision = {
	protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
	deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
	tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
	usual: [1, 0, 0, 0, 1, 0, 0, 0, 1],
};
export const visions = Object.keys(vision) as (keyof typeof vision)[];

/** How different two colours look (ΔE in OKLab, × 100) to someone; some 2 can just be told apart side by side. */
export function difference(one: string, other: string, by: keyof typeof vision): number {
	const [a, b] = [one, other].map(hex => lab(seen(rgbOf(hex).map(linear), by)));
	return Math.hypot(...a!.map((value, index) => value - b![index]!)) * 100;
}

function seen(rgb: number[], by: keyof typeof vision): number[] {
	const m = vision[by];
	return [0, 3, 6].map(row => Math.max(0, m[row]! * rgb[0]! + m[row + 1]! * rgb[1]! + m[row + 2]! * rgb[2]!));
}

/** B. Ottosson's OKLab, from linear sRGB. */
function lab([r = 0, g = 0, b = 0]: number[]): number[] {
	const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
	const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
	const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
	return [
		0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
		1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
		0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
	];
}
