/** Messages at the bottom: they stay for as long as it takes to read them, and are kept for those who look later. */

/** Time to notice one, and to read each character of it, in ms; longer than the last is nobody's reading. */
const noticeMs = 2500;
const characterMs = 60;
const longestMs = 12_000;

/** `isKept`: false for what stands among the events already. */
type Toasts = {shown(text: string, how?: {isKept: boolean}): void; close(): void};

type Settings = {hush: () => void; tell: (text: string) => void; readMs?: (text: string) => number};

/** `hush` takes the message away, `tell` keeps it. The same one again and again is kept once. */
export function createToasts({hush, tell, readMs = readingMs}: Settings): Toasts {
	let timer: NodeJS.Timeout | undefined;
	let last: string | undefined;
	return {
		shown: (text, {isKept} = {isKept: true}) => {
			clearTimeout(timer);
			timer = setTimeout(() => {
				last = undefined;
				hush();
			}, readMs(text));
			if (text !== last && isKept) tell(text);
			last = text;
		},
		close: () => clearTimeout(timer),
	};
}

/** How long a text stays. */
export function readingMs(text: string): number {
	return Math.min(longestMs, noticeMs + characterMs * [...text].length);
}
