/** The audit of one run: what its lines say goes into the account, and what they leave open is kept as a reason. */

import type {LogLine} from '../log/log-line.ts';
import {phrase} from '../words/words.ts';
import {type Account, createAccount} from './account.ts';
import {type Scanned, says} from './scanned.ts';
import {createServerNames} from './server-names.ts';

/**
 * Where a run begins: a `Lab` line opened it (`startedAt` as of the wall clock), or nobody did (programs in terminals of
 * their own). `number` counts the `Lab` starts before it and its own.
 */
export type RunStart = {number: number} & ({kind: 'lab'; startedAt: number; pid: string} | {kind: 'hand'});

/** What is known of one run by its lines. */
export type RunAudit = {
	readonly start: RunStart;
	readonly account: Account;
	/** Names of the servers by their number in the account. */
	readonly servers: readonly string[];
	/** Notes what a line says; lines that are broken or foreign are not brought here. */
	note(scanned: Scanned, data: Buffer): void;
	/** A `Lab` line within the run. */
	noteLab(line: LogLine): void;
	/** Lines of the run that could not be read as they were written. */
	noteBroken(): void;
	/** Something else that leaves the account open, in a sentence. */
	doubt(sentence: string): void;
	/** What the run has been told beside the account. */
	readonly heard: Heard;
};

type Heard = {
	/** Lines about messages without an ID of ours. */
	unaudited: number;
	broken: number;
	/** Lines lost by their writers, by who they were. */
	dropped: ReadonlyMap<string, {lines: number; cause: string}>;
	doubts: ReadonlySet<string>;
	/** Names of servers that write a record here, though none of an execution yet. */
	recorders: ReadonlySet<string>;
	/** Names of servers that the balancer found well: it may have given them messages. */
	balanced: ReadonlySet<string>;
	hasStopped: boolean;
	/** Messages that its lab counted as sent by then; undefined: it has not said. */
	sent: number | undefined;
};

/** Doubts and writers are few; more than these are one and the same trouble. */
const mostKept = 64;

/** Lines of these tell nothing of what was sent, ACKed or executed: their loss leaves no doubt. */
const bystanders = new Set(['balancer', 'lbtop']);

export function createRunAudit(start: RunStart): RunAudit {
	const account = createAccount();
	const names = createServerNames();
	const dropped = new Map<string, {lines: number; cause: string}>();
	const doubts = new Set<string>();
	const recorders = new Set<string>();
	const balanced = new Set<string>();
	const heard: Heard = {
		...{unaudited: 0, broken: 0, dropped, doubts, recorders, balanced, hasStopped: false},
		sent: undefined,
	};

	const doubt = (sentence: string) => {
		if (doubts.size < mostKept) doubts.add(sentence);
	};

	const noteServer = ({text, values}: LogLine) => {
		const name = /^(.*) listening on \S+$/.exec(text)?.[1];
		if (name !== undefined && values?.['log-detail'] === 'all' && recorders.size < mostKept) recorders.add(name);
		if (values?.route === 'UP' && values.server !== undefined && balanced.size < mostKept) balanced.add(values.server);
	};

	return {
		start,
		account,
		servers: names.all,
		heard,
		doubt,
		noteBroken: () => {
			heard.broken++;
		},
		note: (scanned, data) => {
			const {client, sequence} = scanned;
			switch (scanned.says) {
				case says.sentFirst:
					return account.begin(client, sequence, true);
				case says.sentAgain:
				case says.retrying:
					return account.begin(client, sequence, false);
				case says.executed:
					return account.execute(client, sequence, names.numberOf(data, scanned.nameStart, scanned.nameEnd));
				case says.received:
					return account.ack(client, sequence, names.numberOf(data, scanned.nameStart, scanned.nameEnd));
				case says.repeated:
				case says.told:
					return account.repeat(client, sequence, scanned.says === says.told);
				case says.failed:
					return account.fail(client, sequence);
				case says.unaudited:
					heard.unaudited++;
					return;
				case says.server:
					return noteServer(scanned.parsed!);
			}
		},
		noteLab: ({text, values = {}}) => {
			if (text === 'lbtop stopped') {
				if (start.kind === 'hand') doubt(phrase('the run began before what is here: name the rotated files too'));
				else if (values.pid !== undefined && values.pid !== start.pid)
					doubt(phrase('another lab wrote into this log at the same time'));
				else {
					heard.hasStopped = true;
					if (/^\d+$/.test(values.sent ?? '')) heard.sent = Number(values.sent);
				}
			}
			const lines = Number(values.dropped);
			const by = values.by ?? '';
			if (!(lines > 0) || bystanders.has(by) || dropped.size >= mostKept) return;
			dropped.set(by, {lines: (dropped.get(by)?.lines ?? 0) + lines, cause: values.cause ?? ''});
		},
	};
}
