/** How long lines are gathered, and how many of them are told at once: a program that babbles costs as little as a quiet one. */
const gatherMs = 100;
const mostLines = 20;

/** Tells lines in groups; `passedOver` counts those of a group that came before its last {@link mostLines}. */
export function gatherLines(tell: (lines: string[], passedOver: number) => void): {
	hear(line: string): void;
	/** Tells now what is gathered. */
	flush(): void;
} {
	let lines: string[] = [];
	let count = 0;
	let timer: NodeJS.Timeout | undefined;
	const flush = () => {
		clearTimeout(timer);
		timer = undefined;
		if (count === 0) return;
		const told = lines;
		const passedOver = count - told.length;
		lines = [];
		count = 0;
		tell(told, passedOver);
	};
	return {
		hear: line => {
			lines.push(line);
			count++;
			if (lines.length > mostLines) lines.shift();
			timer ??= setTimeout(flush, gatherMs);
		},
		flush,
	};
}
