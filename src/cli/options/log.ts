import type {LogDetail} from '../../domain/plan.ts';
import {oneOf, row, size, someText, whole} from '../option-kinds.ts';
import type {Rows} from '../option-row.ts';

/** Where and how much every program logs. */
export const logOptions = {
	log: row('--log <FILE>', 'the log file', someText, 'log.txt'),
	logDetail: row<LogDetail>(
		'--log-detail <D>',
		'message lines of all parts, of the clients only, or off',
		oneOf('all', 'clients', 'off'),
		'all',
	),
	logMaxSize: row('--log-max-size <S>', 'size at which the log file is rotated', size, '100mb'),
	logKeep: row('--log-keep <N>', 'rotated log files to keep', whole(0, 1000), '5'),
} satisfies Rows;
