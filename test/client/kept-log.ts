import type {LogDetail} from '../../src/domain/plan.ts';
import {escapeLogText, formatValues} from '../../src/log/log-line.ts';
import type {LogManager} from '../../src/log/log-manager.ts';

/** A log manager that keeps its lines, `LABEL: TEXT | by=…` without times, and what of them is flushed. */
export function createKeptLog({
	detail = 'all',
	onFlush = () => {},
}: {
	detail?: LogDetail;
	onFlush?(lines: string[]): void;
} = {}) {
	const lines: string[] = [];
	const flushed: string[] = [];
	const log: LogManager = {
		detail,
		write: (label, text, {by = 'clients', ...values} = {}) =>
			log.writeReady(label, escapeLogText(text), formatValues({by, ...values})),
		writeReady: (label, text, values) => void lines.push(`${label}: ${text} | ${values}`),
		flush: () => {
			flushed.push(...lines.slice(flushed.length));
			onFlush(flushed);
		},
		settle: () => log.flush(),
		tick: () => ({type: 'log-tick', lines: lines.length, bytes: 0, dropped: 0}),
		close: () => {},
	};
	return {log, lines, flushed};
}
