/** Answers what is asked of the log: the second reader of the file, which looks anywhere in it. */

import type {LogAnswer, LogPart, LogRequest} from '../domain/log-reading.ts';
import {countHits, findHit, readPage, type Scan} from './log-pages.ts';
import {locateLine, readStory} from './log-story.ts';
import {findTime} from './log-times.ts';
import {coverOf, openVolumes, type VolumeNumbers} from './log-volumes.ts';

export type LogReader = {
	/** Throws when the log cannot be read. */
	answer(request: LogRequest, how: {onPart(part: LogPart): void; isWanted(): boolean}): Promise<LogAnswer>;
	numbers(): VolumeNumbers;
	close(): void;
};

/** What was found is told at most so often. */
const tellMs = 50;

export function openLogReader(file: string, numbered?: VolumeNumbers): LogReader {
	const volumes = openVolumes(file, numbered);
	let running = 0;
	return {
		answer: async (request, {onPart, isWanted}) => {
			running++;
			try {
				const looked = volumes.look();
				const turn = turns({onPart, isWanted});
				return {...(await answerTo(request, {volumes: looked, turn})), cover: coverOf(looked)};
			} finally {
				running--;
				if (running === 0) volumes.rest();
			}
		},
		numbers: volumes.numbers,
		close: volumes.close,
	};
}

function answerTo(request: LogRequest, scan: Scan) {
	switch (request.type) {
		case 'page':
			return readPage(scan, request);
		case 'find':
			return findHit(scan, request);
		case 'count':
			return countHits(scan, request);
		case 'time':
			return findTime(scan, request);
		case 'locate':
			return locateLine(scan, request);
		case 'story':
			return readStory(scan, request);
	}
}

/** Lets messages in between two blocks, and tells now and then. */
function turns({onPart, isWanted}: {onPart(part: LogPart): void; isWanted(): boolean}): Scan['turn'] {
	let toldAt = performance.now();
	return async part => {
		if (performance.now() - toldAt >= tellMs) {
			onPart(part());
			toldAt = performance.now();
		}
		await new Promise(resolve => setImmediate(resolve));
		return isWanted();
	};
}
