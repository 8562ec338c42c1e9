/** The kinds of message a client sends when none is given: what real traffic has, and what breaks careless programs. */

import type {Random} from './random.ts';

/**
 * One kind: how often it comes, against the others, how one is drawn and how one is known again. No text holds a
 * line's end.
 */
type MessageKind = {weight: number; draw(random: Random): string; is(text: string): boolean};

const greetings = ['HAI IDO', 'HAI IDO', 'HELLO SERVER', 'SELAMAT PAGI', 'GOOD MORNING', 'APA KABAR'];

const foreign = [
	'Selamat pagi, apa kabar? ☕',
	'Größe, naïve, façade, Ångström',
	'Привет, сервер',
	'你好，服务器',
	'こんにちは、サーバー',
	'안녕하세요',
	'مرحبا بالخادم',
	'नमस्ते',
	'🚀 🔥 👩‍🚀 🇮🇩',
	'e\u0301 combined, \u{1d4d7} beyond 16 bits',
];

/** Looks empty and is not: blanks, no-break and ideographic spaces, zero-width characters. */
const emptyLooking = [' ', '    ', '\u00a0', '\u3000\u3000', '\u200b', '\u200d\u2060', '\ufeff'];

const words =
	'a message goes through the balancer to one of the servers and its answer comes back the same way while the clients count every one of them until the last was acknowledged or given up'.split(
		' ',
	);

const goods = ['kopi', 'teh', 'gula', 'beras', 'roti'];

/** The kinds by name. */
export const messageKinds = {
	greeting: {weight: 10, draw: random => pick(greetings, random), is: text => greetings.includes(text)},
	number: {
		weight: 4,
		draw: random => String(whole(random, random() < 0.5 ? 100 : 1e12)),
		is: text => /^[+-]?\d+(?:\.\d+)?$/.test(text),
	},
	json: {
		weight: 4,
		draw: random =>
			JSON.stringify({
				order: whole(random, 1e6),
				goods: pick(goods, random),
				count: whole(random, 20),
				isPaid: random() < 0.5,
			}),
		is: text => /^\{.*\}$|^\[.*\]$/su.test(text),
	},
	foreign: {weight: 3, draw: random => pick(foreign, random), is: text => isForeign(text) && !isEmptyLooking(text)},
	emptyLooking: {weight: 2, draw: random => pick(emptyLooking, random), is: isEmptyLooking},
	long: {weight: 1, draw: drawLong, is: text => text.length >= leastLong},
} satisfies Record<string, MessageKind>;

const kinds: MessageKind[] = Object.values(messageKinds);
const allWeights = kinds.reduce((sum, {weight}) => sum + weight, 0);

export type MessageKindName = keyof typeof messageKinds;
export const messageKindNames = Object.keys(messageKinds) as MessageKindName[];

/** One text of the mix. */
export function drawMessage(random: Random): string {
	let left = random() * allWeights;
	for (const kind of kinds) {
		left -= kind.weight;
		if (left < 0) return kind.draw(random);
	}
	return kinds[0]!.draw(random);
}

function isEmptyLooking(text: string): boolean {
	return /^[\s\u200b-\u200d\u2060]*$/u.test(text);
}

/** Beyond ASCII. */
function isForeign(text: string): boolean {
	return /[^\0-\x7f]/u.test(text);
}

const leastLong = 1024;

/** 1 to 2 KiB of plain words. */
function drawLong(random: Random): string {
	const length = leastLong + whole(random, 1024);
	let text = '';
	while (text.length < length) text += `${pick(words, random)} `;
	return text.slice(0, length).trimEnd().padEnd(leastLong, '.');
}

function pick<T>(list: T[], random: Random): T {
	return list[whole(random, list.length)]!;
}

function whole(random: Random, below: number): number {
	return Math.floor(random() * below);
}
