import type {CreateToxic} from '../toxic.ts';

/** Linux waits this long at least before it sends again what was not acknowledged, and twice as long each time after. */
const retransmitMs = 200;
const longestRetransmitMs = 120_000;

/**
 * A share of what is sent is lost. TCP sends that again, so all that is seen of it above TCP is a delay, also of what
 * comes after it; bytes left out would be another fault, one that TCP makes impossible.
 */
export const loss: CreateToxic<{share: number}> = ({share}, random) => ({
	keepUntil: (_, now) => {
		let at = now;
		for (let waitMs = retransmitMs; random() < share; waitMs = Math.min(waitMs * 2, longestRetransmitMs)) {
			at += waitMs;
			if (at - now > longestRetransmitMs) break;
		}
		return at;
	},
});
