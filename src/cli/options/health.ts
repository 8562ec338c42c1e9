/** How the balancer finds out who is well. The words are HAProxy's for checks and errors, Envoy's for panic and outliers. */

import {t} from '../../words/words.ts';
import {invalid} from '../option.ts';
import {duration, flag, oneOf, row, someTime, suchAs, text, whole, written} from '../option-kinds.ts';
import type {Kind, Rows} from '../option-row.ts';

const plainEscapes: Record<string, string> = {n: '\n', r: '\r', t: '\t', '\\': '\\'};

/** Text with `\n`, `\r`, `\t`, `\\` and `\xNN` in it, as latin1: one character, one byte. */
const escaped: Kind<string> = {
	schema: {...text.schema, pattern: '^(?:[^\\\\]|\\\\(?:x[0-9a-fA-F]{2}|[nrt\\\\]))*$'},
	parse: value => {
		const bytes = Buffer.from(value, 'utf8').toString('latin1');
		return bytes.replace(/\\(x[0-9a-fA-F]{2}|.|$)/gs, (_, code: string) => {
			if (code.startsWith('x') && code.length === 3) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
			return plainEscapes[code] ?? invalid(t("'\\{code}' is none of \\n, \\r, \\t, \\\\ and \\xNN.", {code}));
		});
	},
};

const threeNumbers = /^(\d{1,6}):(\d{1,9}):(\d{1,3}(?:\.\d{1,3})?)$/;

/** How many servers, of how many requests each, and the bound. */
function outliers<T>(example: string, toValue: (numbers: [number, number, number]) => T): Kind<T> {
	return written({
		pattern: threeNumbers.source,
		read: value => {
			const match = threeNumbers.exec(value);
			return match ? toValue([Number(match[1]), Number(match[2]), Number(match[3])]) : undefined;
		},
		demand: () => t('It is three numbers such as {example}.', {example}),
	});
}

/** Settings that a lab hands on to its balancer as they were given. */
export const healthSettings = {
	inter: row('--inter <T>', 'time between two health checks of a server', duration, '500ms'),
	fastinter: row('--fastinter <T>', 'the same, between two states and right after a loss', duration, '200ms'),
	downinter: row('--downinter <T>', 'the same, while it is down (default: as --inter)', suchAs('500ms', duration)),
	checkTimeout: row('--check-timeout <T>', 'how long a health check may take', someTime, '500ms'),
	rise: row('--rise <N>', 'checks in a row that bring a server back', whole(1, 100), '2'),
	fall: row('--fall <N>', 'checks in a row that take a server out', whole(1, 100), '3'),
	checkSend: row('--check-send <TEXT>', 'what a check says; \\n, \\r, \\t, \\xNN', escaped, 'PING\\n'),
	checkExpect: row(
		'--check-expect <TEXT>',
		'what its answer must contain (default: any line)',
		suchAs('PONG', escaped),
	),
	checkConnect: row('--check-connect', 'a check only connects (finds no frozen server)', flag),
	spreadChecks: row('--spread-checks <PERCENT>', 'vary the time between checks by chance', whole(0, 50), '0'),
	observe: row('--observe <WHAT>', 'errors in use that count: layer4 or none', oneOf('layer4', 'none'), 'layer4'),
	errorLimit: row('--error-limit <N>', 'errors in use in a row until --on-error', whole(1, 1000), '1'),
	onError: row(
		'--on-error <WHAT>',
		'fastinter (check now), fail-check, sudden-death or mark-down',
		oneOf('fastinter', 'fail-check', 'sudden-death', 'mark-down'),
		'mark-down',
	),
	slowstart: row('--slowstart <T>', 'a server that is back gets its share little by little', duration, '0'),
	panic: row('--panic <PERCENT>', 'with fewer servers well, use those that answer', whole(0, 100), '50'),
	outlier: row('--outlier', 'eject servers that stand out by their errors', flag),
	outlierConsecutive: row('--outlier-consecutive <N>', 'errors in a row that eject', whole(1, 10_000), '5'),
	outlierInterval: row('--outlier-interval <T>', 'time between two looks at the counts', duration, '10s'),
	outlierBase: row('--outlier-base <T>', 'time out, × the times ejected', duration, '30s'),
	outlierMaxTime: row('--outlier-max-time <T>', 'at most so long', duration, '300s'),
	outlierMaxPercent: row('--outlier-max-percent <P>', 'of servers out at once; one may be', whole(0, 100), '10'),
	outlierRate: row(
		'--outlier-rate <S:R:D>',
		'eject below mean − D σ, with S servers of R requests each',
		outliers('5:100:1.9', ([servers, requests, deviations]) => ({servers, requests, deviations})),
		'5:100:1.9',
	),
	outlierFailures: row(
		'--outlier-failures <S:R:P>',
		'eject when P % failed, with S servers of R requests each',
		outliers('5:50:85', ([servers, requests, percent]) => ({servers, requests, percent})),
		'5:50:85',
	),
	outlierUneject: row(
		'--outlier-uneject <HOW>',
		'what ends it early: check (a good one) or time (nothing)',
		oneOf('check', 'time'),
		'check',
	),
} satisfies Rows;
