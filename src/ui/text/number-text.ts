/** Numbers as the panes show them: grouped, short enough for their column, never a made-up 0 for the unknown. */

import {formatRate, type Rate} from '../../domain/rate.ts';
import {figure} from '../../words/words.ts';

/** A count with its thousands grouped; from ten million on shortened (`12.3M`, `4.56G`); `-` when unknown. */
export function countText(count: number | null): string {
	if (count === null) return '-';
	if (count >= 9_999_500_000) return figure(`${(count / 1e9).toFixed(1)}G`);
	if (count >= 10_000_000) return figure(`${(count / 1e6).toFixed(1)}M`);
	return figure(String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ','));
}

/** A rate per second: one decimal below ten where there is one; `-` when unknown. */
export function rateText(perSecond: number | null): string {
	return perSecond !== null && perSecond < 10 && perSecond % 1 !== 0
		? figure(perSecond.toFixed(1))
		: countText(perSecond);
}

/** The rate that is asked for: `1,000/s`, `max`, `100..5000/30s`, a recording by its file's name. */
export function loadText(rate: Rate): string {
	if (typeof rate === 'number') return `${rateText(rate)}/s`;
	return rate !== 'max' && rate.type === 'recorded' ? rate.file.replace(/^.*\//, '') : formatRate(rate);
}

/** Milliseconds without their unit: `0.42`, `1.7`, `22`, `1,204`; `-` when unknown. */
export function msText(ms: number | null): string {
	if (ms === null) return '-';
	if (ms < 0.995) return figure(ms.toFixed(2));
	if (ms < 9.95) return figure(ms.toFixed(1));
	return countText(ms);
}

/** A part of 0–1 as whole percent; `-` when unknown. */
export function percentText(part: number | null): string {
	return part === null ? '-' : `${Math.round(part * 100)}%`;
}

/** Bytes with a unit of 1000: `812 B`, `61 MB`, `1.2 GB`. */
export function bytesText(bytes: number | null): string {
	if (bytes === null) return '-';
	const power = bytes < 1000 ? 0 : bytes < 999_500 ? 1 : bytes < 999_500_000 ? 2 : 3;
	const value = bytes / 1000 ** power;
	return `${power > 0 && value < 9.95 ? figure(value.toFixed(1)) : Math.round(value)} ${['B', 'kB', 'MB', 'GB'][power]}`;
}

/** The same without the space and the `B`, for columns: `61M`. */
export function shortBytesText(bytes: number | null): string {
	return bytesText(bytes).replace(/ (\w?)B$/, (_, unit: string) => unit.toUpperCase());
}

/** A wall-clock moment (ms since 1970) in local time: `14:02:31`, or with milliseconds `14:02:31.140`. */
export function clockText(wallMs: number, unit: 'seconds' | 'milliseconds' = 'seconds'): string {
	const date = new Date(wallMs);
	const two = (value: number) => String(value).padStart(2, '0');
	const clock = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
	return unit === 'seconds' ? clock : `${clock}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}
