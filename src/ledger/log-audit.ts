/** Log lines, as bytes, into the audits of the runs that wrote them. */

import type {LogLine} from '../log/log-line.ts';
import {scanLine} from './line-scanner.ts';
import {createRunAudit, type RunAudit} from './run-audit.ts';
import {emptyScan, says} from './scanned.ts';

/** A line of a file, counted from 1. */
export type Place = {file: string; line: number};

/** Lines that were not read: how many, and where the first ten are. */
export type Unread = {count: number; first: Place[]};

/** Takes logs line by line, file after file. */
export type LineReader = {
	/** What follows comes from this file, from its first line on. */
	beginFile(file: string): void;
	/** Reads whole lines: `data` from `start` to `end`, the place after a newline. */
	read(data: Buffer, start: number, end: number): void;
	/** The end of a file that no newline ended: a line that somebody still writes, or never finished. */
	readTail(): void;
};

type LogAudit = LineReader & {
	/** The runs that were kept, oldest first. What came before the first `Lab` line is one too, if it tells of messages. */
	runs(): RunAudit[];
	/** How many runs there were, kept or not. */
	runsSoFar(): number;
	/** The run that lines belong to now. */
	current(): RunAudit;
	readonly lines: number;
	readonly broken: Unread;
	readonly foreign: Unread;
};

const mostPlaces = 10;
const newline = 10;

/** `keepsAll`: the audits of earlier runs are kept; else they are let go when the next run begins. */
export function createLogAudit({keepsAll}: {keepsAll: boolean}): LogAudit {
	const scanned = emptyScan();
	const place: Place = {file: '', line: 0};
	const broken: Unread = {count: 0, first: []};
	const foreign: Unread = {count: 0, first: []};
	const earlier: RunAudit[] = [];
	let number = 0;
	let ended = 0;
	let current = createRunAudit({kind: 'hand', number});
	let lines = 0;

	const countUnread = (unread: Unread) => {
		unread.count++;
		if (unread.first.length < mostPlaces) unread.first.push({...place});
	};

	const readLab = (line: LogLine) => {
		if (!isRunStart(line)) return current.noteLab(line);
		if (isRun(current)) ended++;
		if (keepsAll && isRun(current)) earlier.push(current);
		number++;
		current = createRunAudit({kind: 'lab', number, startedAt: line.wallMs, pid: line.values?.pid ?? ''});
	};

	const readOther = (data: Buffer) => {
		switch (scanned.says) {
			case says.lab:
				return readLab(scanned.parsed!);
			case says.broken:
				countUnread(broken);
				return current.noteBroken();
			case says.foreign:
				return countUnread(foreign);
			default:
				current.note(scanned, data);
		}
	};

	return {
		beginFile: file => {
			place.file = file;
			place.line = 0;
		},
		read: (data, start, end) => {
			for (let at = start; at < end; at = scanned.end + 1) {
				scanLine(data, at, scanned);
				lines++;
				if (data[at - 1] === newline || at === start) place.line++;
				if (scanned.says === says.nothing) {
					// Most lines of the balancer: no news of any message.
				} else if (scanned.says < says.lab) current.note(scanned, data);
				else readOther(data);
			}
		},
		readTail: () => {
			lines++;
			place.line++;
			countUnread(broken);
			current.noteBroken();
		},
		runs: () => [...earlier, ...(isRun(current) ? [current] : [])],
		runsSoFar: () => ended + (isRun(current) ? 1 : 0),
		current: () => current,
		get lines() {
			return lines;
		},
		broken,
		foreign,
	};
}

/** Whether a `Lab` line begins a run, whose message IDs begin anew. */
export function isRunStart({label, text}: LogLine): boolean {
	return label === 'Lab' && text === 'lbtop started';
}

function isRun({account, heard, start}: RunAudit): boolean {
	return start.kind === 'lab' || account.bytes() > 0 || heard.unaudited > 0 || heard.doubts.size > 0;
}
