import {cursorIndex} from '../log/log-view.ts';
import {type Act, type KeyContext, viewAct} from './key-row.ts';

type Move = {by: number; height: number; page: boolean};

/**
 * Moves through the log. From the followed end upwards it is held, with a cursor; down from its last line it is
 * followed again. The ends are of the whole log. Without a file there are the lines that the state keeps.
 */
export function moveInLog({shown, view}: KeyContext, {by, height, page}: Move): Act[] {
	const {hasFile, story, window} = view.log;
	if (story) return viewAct({type: 'story-move', by});
	if (!hasFile) return viewAct({type: 'scroll-log', lines: shown.log.lines, total: shown.log.total, by, height});
	if (by === Number.NEGATIVE_INFINITY) return [{type: 'log', ask: {type: 'begin'}}];
	if (by === Number.POSITIVE_INFINITY) return [{type: 'log', ask: {type: 'follow'}}];
	if (!window || window.isFollowing) return by < 0 ? [{type: 'log', ask: {type: 'hold', by}}] : [];
	const isLast = window.hasEnd && cursorIndex(window) === window.rows.length - 1;
	return isLast && by > 0 ? [{type: 'log', ask: {type: 'follow'}}] : viewAct({type: 'log-move', by, height, page});
}
