import type {LogAsking, LogDirection, LogPart, LogStart} from '../../domain/log-reading.ts';
import {failed, type LogHands, noteCover} from './log-hands.ts';
import type {Side} from './log-window.ts';

/** More rows are not read at once. */
export const pageRows = 200;

/** What is to be read around a place, and who hears of it. */
export type Around = {
	from: LogStart;
	isFollowing: boolean;
	/** Nothing is read from there on. */
	isEnd: boolean;
	/** What has been read so far, once and again. */
	onSides(sides: {older: Side; newer: Side}, done: number): void;
	onAsking(to: LogDirection, asking: LogAsking<'page'>): void;
};

/** Reads a page before a place and one from it on. Undefined: cancelled, or it could not be read, which was said. */
export async function readAround(
	hands: LogHands,
	{from, isFollowing, isEnd, onSides, onAsking}: Around,
): Promise<{older: Side; newer: Side} | undefined> {
	const {desk, view, height} = hands;
	const sides = {older: nothingFrom(from), newer: nothingFrom(from)};
	const ask = async (to: LogDirection): Promise<boolean> => {
		const {filters, search} = view();
		const rows = isFollowing ? height() : pageRows;
		const onPart = ({rows: more = [], reached, done}: LogPart) => {
			const side = sides[to];
			side.rows = to === 'older' ? [...more, ...side.rows] : [...side.rows, ...more];
			side.reached = reached ?? side.reached;
			onSides(sides, done);
		};
		const asking = desk.ask({type: 'page', from, to, rows, filters, search: search?.term}, onPart);
		onAsking(to, asking);
		const answer = await asking.answer.catch(failed(hands));
		if (!answer) return false;
		sides[to] = answer;
		noteCover(hands, answer.cover);
		return true;
	};
	// What comes after the end is read on from there.
	const asked = from === 'end' || isEnd ? [ask('older')] : [ask('older'), ask('newer')];
	const answers = await Promise.all(asked);
	if (answers.includes(false)) return undefined;
	if (from === 'end') sides.newer = {rows: [], reached: view().cover?.end ?? 0, isEdge: true};
	else if (isEnd) sides.newer = {...nothingFrom(from), isEdge: true};
	return sides;
}

/** What comes in parts is shown as it comes: until then, one has looked as far as one began. */
function nothingFrom(from: LogStart): Side {
	const reached = typeof from === 'number' ? from : from === 'begin' ? 0 : Number.POSITIVE_INFINITY;
	return {rows: [], reached, isEdge: false};
}
