import {type MessageKindName, messageKinds} from '../../domain/message-kinds.ts';
import type {Random} from '../../domain/random.ts';

/** Which messages a fault takes: those of a kind, of these a share by chance, and of these every nth. */
export type Which = {share: number; kind: MessageKindName | 'any'; nth: number};

/** Tells of one message's text after the other whether the fault takes it. Draws only where a share is asked for. */
export function createSelection({share, kind, nth}: Which, random: Random): (text: string) => boolean {
	let count = 0;
	return text => {
		if (kind !== 'any' && !messageKinds[kind].is(text)) return false;
		if (share < 1 && random() >= share) return false;
		count++;
		if (count < nth) return false;
		count = 0;
		return true;
	};
}
