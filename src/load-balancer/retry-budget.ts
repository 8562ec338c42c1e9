import type {Now} from '../domain/clock.ts';

/** How much may be sent again, so that a cluster in trouble is not met by a storm of second tries. */
type RetryBudget = {
	/** So many messages were sent for the first time. */
	deposit(messages: number): void;
	/** Takes what so many retries cost; false: there is not enough, and nothing was taken. */
	withdraw(retries: number): boolean;
	/** How many retries it would grant now. */
	readonly balance: number;
};

/** `percent` of the messages of the last `ttlMs` may be sent again, and `perSecond` a second whatever came. */
export type RetryBudgetSettings = {percent: number; perSecond: number; ttlMs: number};

const depositTokens = 1000;
const slices = 10;

/**
 * Finagle's `RetryBudget` over its leaky `TokenBucket`: a message puts in 1000 tokens, a retry takes 1000 ÷ percent, both
 * are forgotten after `ttlMs`, and a reserve of `perSecond` × `ttlMs` retries is always there. So with 20 %, 10 a second
 * and 10 s a fresh budget grants 100 retries at once, and 1000 messages add 200.
 */
export function createRetryBudget({percent, perSecond, ttlMs}: RetryBudgetSettings, now: Now): RetryBudget {
	const tokensPerMessage = percent === 0 ? 0 : depositTokens;
	const tokensPerRetry = percent === 0 ? 1 : Math.floor((depositTokens * 100) / percent);
	const reserve = perSecond * (ttlMs / 1000) * tokensPerRetry;
	const tokens = createWindowedSum(ttlMs, now);
	const inBucket = () => tokens.sum() + reserve;
	return {
		deposit: messages => tokens.add(messages * tokensPerMessage),
		withdraw: retries => {
			const wanted = retries * tokensPerRetry;
			if (inBucket() < wanted) return false;
			tokens.add(-wanted);
			return true;
		},
		get balance() {
			return Math.max(0, Math.floor(inBucket() / tokensPerRetry));
		},
	};
}

/** Finagle's `WindowedAdder`: the sum of what was added in the last `rangeMs`, kept in ten slices of time. */
function createWindowedSum(rangeMs: number, now: Now) {
	const sliceMs = rangeMs / slices;
	const past = new Array<number>(slices - 1).fill(0);
	let place = 0;
	let current = 0;
	let since = now();

	const turn = () => {
		const elapsed = now() - since;
		if (elapsed < sliceMs) return;
		// What was added last is taken to belong to the slice that has just ended.
		past[place] = current;
		current = 0;
		place = (place + 1) % past.length;
		const skipped = Math.min(Math.floor(elapsed / sliceMs) - 1, past.length);
		for (let i = 0; i < skipped; i++, place = (place + 1) % past.length) past[place] = 0;
		since = now();
	};

	return {
		add: (tokens: number) => {
			turn();
			current += tokens;
		},
		sum: () => {
			turn();
			return past.reduce((sum, slice) => sum + slice, current);
		},
	};
}
