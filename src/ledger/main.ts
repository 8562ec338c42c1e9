/** The auditor as a program: the lab's child that keeps the ledger of its run. */

import {type CommandHelp, readOptions, UsageError} from '../cli/option.ts';
import {options} from '../cli/options/index.ts';
import {logOptions} from '../cli/options/log.ts';
import {runMain} from '../cli/run-main.ts';
import {collectNowAndThen} from '../collect.ts';
import {now, runPart} from '../part.ts';
import {t} from '../words/words.ts';

import {startLiveAudit} from './live-audit.ts';

const help: CommandHelp = {
	name: 'lbtop log-audit',
	summary: "Keeps the ledger of a lab's run from its log; started by the lab.",
	example: 'lbtop verify log.txt',
};
const {color, labPid, logFrom} = options;

await runMain(async () => {
	const {values} = readOptions(help, {log: logOptions.log, labPid, logFrom, color}, process.argv.slice(2));
	const {labPid: pid} = values;
	if (pid === undefined) throw new UsageError(t('log-audit: it is a part of a lab; for a log there is lbtop verify'));
	await runPart({
		name: 'log-audit',
		start: async () => {
			collectNowAndThen();
			const audit = startLiveAudit({file: values.log, pid, from: values.logFrom, now});
			return {tick: audit.tick, stop: audit.finish};
		},
	});
});
