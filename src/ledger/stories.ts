/** The whole story of the first messages that are not as they should be: every line of theirs, in order. */

import {type Judgement, type MessageVerdict, verdictOf} from './judge.ts';
import {scanLine} from './line-scanner.ts';
import {isRunStart, type LineReader, type Place} from './log-audit.ts';
import type {RunAudit} from './run-audit.ts';
import {emptyScan, says} from './scanned.ts';

/** One message. A line's `text` is as it stands in the file: it may hold anything. `executedBy`: names of servers. */
export type Story = {
	id: string;
	verdict: MessageVerdict;
	executedBy: string[];
	lines: (Place & {text: string})[];
	/** Further lines that were left out. */
	omitted: number;
};

type JudgedRun = {audit: RunAudit; judgement: Judgement};

type StoryTeller = LineReader & {stories(): Story[]};

const mostStories = 10;
const mostLines = 100;
const newline = 10;

/**
 * For a second look at logs that were audited before: `judged` are the runs whose messages are told of, each with its audit.
 * However many UNKNOWN ones come before, the first that are LOST or DOUBLE are told.
 */
export function createStoryTeller(judged: JudgedRun[]): StoryTeller {
	const certain = new Map<string, Story>();
	const uncertain = new Map<string, Story>();
	const scanned = emptyScan();
	const place: Place = {file: '', line: 0};
	let number = 0;
	let run = judged.find(({audit}) => audit.start.number === number);

	const beginRun = () => {
		number++;
		run = judged.find(({audit}) => audit.start.number === number);
	};

	const storyOf = ({audit, judgement}: JudgedRun): Story | undefined => {
		const {client, sequence} = scanned;
		const key = `${number}/${client}-${sequence}`;
		const known = certain.get(key) ?? uncertain.get(key);
		if (known || certain.size >= mostStories) return known;
		const verdict = verdictOf(audit, judgement, client, sequence);
		if (verdict === undefined || verdict === 'GAVE UP') return undefined;
		const stories = verdict === 'UNKNOWN' ? uncertain : certain;
		if (stories.size >= mostStories) return undefined;
		const executedBy = audit.account.executorsOf(client, sequence).map(server => audit.servers[server]!);
		const story: Story = {id: `c${client}-${sequence}`, verdict, executedBy, lines: [], omitted: 0};
		stories.set(key, story);
		return story;
	};

	const tell = (story: Story, text: string) => {
		if (story.lines.length < mostLines) story.lines.push({...place, text});
		else story.omitted++;
	};

	return {
		beginFile: file => {
			place.file = file;
			place.line = 0;
		},
		read: (data, start, end) => {
			for (let at = start; at < end; at = scanned.end + 1) {
				scanLine(data, at, scanned);
				if (data[at - 1] === newline || at === start) place.line++;
				if (scanned.says === says.lab && isRunStart(scanned.parsed!)) beginRun();
				if (!run || !scanned.hasId) continue;
				const story = storyOf(run);
				if (story) tell(story, data.toString('utf8', at, scanned.end));
			}
		},
		readTail: () => {},
		stories: () => [...certain.values(), ...uncertain.values()].slice(0, mostStories),
	};
}
