/** Scores in words: `server-1=3 server-2=5`. */

import {serverId} from '../../domain/plan.ts';
import type {Candidate} from './algorithm.ts';

/** More than this many are not told one by one. */
const most = 8;

/** The score of each candidate, of the chosen one in any case; of many, only the first ones'. */
export function scoresText(
	candidates: readonly Candidate[],
	chosen: Candidate,
	scoreOf: (candidate: Candidate, place: number) => number | string,
): string {
	const words: string[] = [];
	for (const [place, candidate] of candidates.entries()) {
		if (words.length === most && candidate !== chosen) continue;
		const score = scoreOf(candidate, place);
		words.push(`${nameOf(candidate)}=${typeof score === 'number' ? short(score) : score}`);
		if (words.length > most || (words.length === most && candidates.indexOf(chosen) <= place)) break;
	}
	return words.join(' ');
}

/** A server as it is called in scores: a word, whatever its name. */
export function nameOf({index}: Candidate): string {
	return serverId(index);
}

function short(score: number): string {
	return Number.isInteger(score) ? String(score) : score.toPrecision(3);
}
