/** Durations as users write them: `500ms`, `5s`, `2m`, `1h`, or a bare `0`. */

const unitMs: Record<string, number> = {us: 0.001, ms: 1, s: 1000, m: 60_000, h: 3_600_000};

/** Milliseconds meant by a duration's text, or undefined when the text is not one. */
export function parseDuration(text: string): number | undefined {
	if (text.trim() === '0') return 0;
	const match = /^(\d+(?:\.\d+)?)(us|ms|s|m|h)$/.exec(text.trim());
	return match ? Number(match[1]) * unitMs[match[2]!]! : undefined;
}

/** A duration as a person reads it at a glance: `1.5 ms`, `12 ms`, `3.2 s`, `2:05` minutes. */
export function formatDuration(ms: number): string {
	if (ms < 0.0005) return '0 ms';
	if (ms < 0.95) return `${Math.round(ms * 1000)} µs`;
	if (ms < 9.95) return `${ms.toFixed(1)} ms`;
	if (ms < 999.5) return `${Math.round(ms)} ms`;
	if (ms < 99_950) return `${(ms / 1000).toFixed(1)} s`;
	return formatClock(ms);
}

/** Elapsed time as a clock: `0:07`, `12:34`, `1:02:03`. */
export function formatClock(ms: number): string {
	const seconds = Math.floor(ms / 1000);
	const two = (n: number) => String(n).padStart(2, '0');
	const hours = Math.floor(seconds / 3600);
	const minutes = Math.floor(seconds / 60) % 60;
	return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
