/**
 * What is said over one connection of the runtime API: a line of commands and goodbye, or after `prompt` as many as one
 * likes. Pure: the socket is elsewhere.
 */

import {readCommands} from './command-line.ts';

/** Answers one command: whole lines, or nothing where it was simply done. */
export type Answerer = (words: string[]) => string;

type Conversation = {
	/** Takes in what came. False: a line is too long, and nothing more is to be taken. */
	received(text: string): boolean;
	/** The other side says nothing more; a last line without its end counts. */
	ended(): void;
	/** True while there is a command to answer. */
	readonly isAsked: boolean;
	/** Answers the next one: its lines and an empty one, and the prompt where there is one. */
	next(): string;
	readonly isOver: boolean;
	/** `set timeout cli`: how long the other side may be silent, ms. */
	readonly timeoutMs: number;
};

/** HAProxy's buffer (`tune.bufsize`), and with it its longest line. */
export const maxLine = 16_384;

const usualTimeoutMs = 10_000;
const longestTimeoutMs = 24 * 3600 * 1000;

export function createConversation(answer: Answerer): Conversation {
	const asked: string[][] = [];
	let rest = '';
	let hasPrompt = false;
	let isOver = false;
	let hasEnded = false;
	let timeoutMs = usualTimeoutMs;

	/** The commands that concern the connection itself; undefined: it is another. */
	const ownAnswer = (words: string[]): string | undefined => {
		const [first, second, third] = words;
		if (first === 'prompt') {
			hasPrompt = !hasPrompt;
			return '';
		}
		if (first === 'set' && second === 'timeout' && third === 'cli') return setTimeout(words[3]);
		return undefined;
	};

	const setTimeout = (text: string | undefined) => {
		if (text === undefined) return 'Expects an integer value.\n';
		const delay = readDelay(text);
		if (delay === undefined) return 'Invalid timeout value.\n';
		timeoutMs = Math.min(delay, longestTimeoutMs);
		return '';
	};

	const take = (line: string) => asked.push(...readCommands(line.replace(/\r$/, '')));

	return {
		received: text => {
			rest += text;
			const lines = rest.split('\n');
			rest = lines.pop()!;
			if (rest.length > maxLine || lines.some(line => line.length > maxLine)) return false;
			for (const line of lines) take(line);
			return true;
		},
		ended: () => {
			hasEnded = true;
			if (rest !== '') take(rest);
			rest = '';
		},
		get isAsked() {
			return asked.length > 0 && !isOver;
		},
		next: () => {
			const words = asked.shift()!;
			if (words[0] === 'quit') {
				isOver = true;
				return '';
			}
			const text = ownAnswer(words) ?? answer(words);
			if (!hasPrompt && asked.length === 0) isOver = true;
			return `${text}\n${hasPrompt ? '> ' : ''}`;
		},
		get isOver() {
			return isOver || (hasEnded && asked.length === 0);
		},
		get timeoutMs() {
			return timeoutMs;
		},
	};
}

/** HAProxy's delays: seconds, or a number with its unit. */
function readDelay(text: string): number | undefined {
	const match = /^(\d{1,9})(us|ms|s|m|h|d)?$/.exec(text);
	const units = {us: 0.001, ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000};
	const ms = match ? Number(match[1]) * units[(match[2] as keyof typeof units | undefined) ?? 's'] : 0;
	return ms >= 1 ? ms : undefined;
}
