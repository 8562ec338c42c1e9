import type {Values} from '../cli/option.ts';
import type {healthSettings} from '../cli/options/health.ts';
import type {HealthSettings} from './health-settings.ts';

/** The health settings as the command line gives them. */
export function healthOf(values: Values<typeof healthSettings>): HealthSettings {
	return {
		question: values.checkConnect
			? {type: 'connect'}
			: {type: 'exchange', send: values.checkSend, expect: values.checkExpect ?? null},
		interMs: values.inter,
		fastInterMs: values.fastinter,
		downInterMs: values.downinter ?? values.inter,
		timeoutMs: values.checkTimeout,
		rise: values.rise,
		fall: values.fall,
		spreadPercent: values.spreadChecks,
		passive: {observe: values.observe, errorLimit: values.errorLimit, onError: values.onError},
		slowStartMs: values.slowstart,
		panicPercent: values.panic,
		outlier: {
			isOn: values.outlier === true,
			consecutive: values.outlierConsecutive,
			intervalMs: values.outlierInterval,
			baseMs: values.outlierBase,
			maxMs: values.outlierMaxTime,
			maxPercent: values.outlierMaxPercent,
			successRate: values.outlierRate,
			failurePercentage: values.outlierFailures,
			uneject: values.outlierUneject,
		},
	};
}
