/** The audit of a run while it goes on: follows its log from its first line, and tells how the account stands. */

import type {LedgerTick} from '../domain/tick.ts';
import {usage} from '../part.ts';
import {phrase} from '../words/words.ts';
import {type FollowedLog, followRun} from './followed-log.ts';
import {judge} from './judge.ts';
import {createLogAudit} from './log-audit.ts';
import {findRun} from './run-place.ts';

export type LiveAudit = {
	tick(): LedgerTick;
	/** Reads to the end of the log, to which nobody writes about messages any more. May be called twice. */
	finish(): Promise<void>;
};

/** `pid`: the lab's; `from`: the size of its log just before the lab wrote to it. */
type LiveAuditSettings = {file: string; pid: number; from: number; now: () => number};

const lookEveryMs = 50;

/** Begins at once; a log that is not there yet, or not to be read, is waited for. */
export function startLiveAudit({file, pid, from, now}: LiveAuditSettings): LiveAudit {
	const audit = createLogAudit({keepsAll: false});
	let followed: FollowedLog | undefined;
	let readAllAt = now();
	let isFinished = false;
	let timer: NodeJS.Timeout | undefined;
	let finishing: Promise<void> | undefined;

	const look = (): boolean => {
		const at = now();
		followed ??= begin();
		if (!followed?.look()) return false;
		readAllAt = at;
		return true;
	};

	const begin = () => {
		const place = findRun({file, pid, from});
		const onGap = (sentence: string) => audit.current().doubt(sentence);
		return place && followRun({file, place, reader: audit, now, onGap});
	};

	const run = () => {
		const isAll = look();
		timer = setTimeout(run, isAll || !followed ? lookEveryMs : 0);
	};
	run();

	const finish = async () => {
		clearTimeout(timer);
		while (!look() && followed) await new Promise(setImmediate);
		if ((followed?.tailBytes() ?? 0) > 0) audit.readTail();
		isFinished = true;
		followed?.close();
	};

	return {
		tick: () => {
			const {sent, acked, executed, executedBy, lost, doubles, gaveUp, gaveUpExecuted, reasons} = judge(
				audit.current(),
				{
					isWhole: isFinished,
					isEnding: true,
				},
			);
			return {
				type: 'ledger-tick',
				...{sent, acked, executed, executedBy, lost, doubles, gaveUp, gaveUpExecuted},
				unknown: followed ? reasons : [phrase("the run's beginning is not in the log")],
				lagMs: isFinished ? 0 : Math.round(now() - readAllAt),
				isWhole: isFinished,
				...usage(),
			};
		},
		finish: () => {
			finishing ??= finish();
			return finishing;
		},
	};
}
