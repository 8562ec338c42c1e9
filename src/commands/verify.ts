/** `lbtop verify`: audits a log after the fact. */

import {type CommandHelp, readOptions, UsageError} from '../cli/option.ts';
import {flag, row} from '../cli/option-kinds.ts';
import {options} from '../cli/options/index.ts';
import {errorSentence} from '../domain/system-error.ts';
import {type Verification, verify as verifyLogs} from '../ledger/verify.ts';
import {leave} from '../output/leave.ts';
import {told} from '../words/words.ts';
import {print} from './ending.ts';
import {verifyWords} from './verify-words.ts';

const {json, lang, color} = options;
const allRuns = row('--all-runs', 'judge every run in the log, not only the last', flag);
const help: CommandHelp = {
	name: 'lbtop verify',
	summary:
		'Audits log.txt: every ACKed message was executed, and once. Exit code 0: it is so; 3: it is not, or the log cannot tell.',
	example: 'lbtop verify log.txt log.1.txt',
	arguments: '[LOG …]',
};

/** Judges the logs, prints what was found and exits: 0 clean, 2 usage, 3 not clean, 4 not readable. */
export async function verify(argv: string[]): Promise<never> {
	const {values, arguments: files} = readOptions(help, {json, allRuns, lang, color}, argv);
	const bar = process.stderr.isTTY ? createBar(process.stderr) : undefined;
	const found = await verifyLogs({
		files: files.length > 0 ? files : ['log.txt'],
		allRuns: values.allRuns === true,
		now: () => performance.now(),
		onProgress: (bytes, all) => bar?.show(bytes, all),
	}).catch((error: Error) => {
		bar?.clear();
		throw new UsageError(told(errorSentence(error)), 4);
	});
	bar?.clear();
	print(process.stdout, values.json ? JSON.stringify(plainData(found)) : verifyWords(found).join('\n'));
	return leave(found.verdict === 'PASS' ? 0 : 3);
}

function plainData(found: Verification): Verification & {linesPerSecond: number} {
	return {...found, linesPerSecond: Math.round((found.lines * 1000) / Math.max(1, found.durationMs))};
}

const barCells = 30;

/** A progress bar in the last line of a terminal. */
function createBar(terminal: NodeJS.WriteStream) {
	let shown = -1;
	return {
		show: (bytes: number, all: number) => {
			const percent = all === 0 ? 100 : Math.floor((bytes * 100) / all);
			if (percent === shown) return;
			shown = percent;
			const filled = Math.round((percent * barCells) / 100);
			terminal.write(`\r[${'#'.repeat(filled)}${'.'.repeat(barCells - filled)}] ${percent} %`);
		},
		clear: () => {
			if (shown >= 0) terminal.write(`\r${' '.repeat(barCells + 8)}\r`);
		},
	};
}
