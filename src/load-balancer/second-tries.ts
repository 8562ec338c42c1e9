/** Everything that is sent twice: after a break, after a while, or to be quicker; all of it out of one budget. */

import type {Now} from '../domain/clock.ts';
import type {LimitName} from '../domain/tick.ts';
import type {Backends} from './backends.ts';
import type {Dealing} from './dealing.ts';
import type {Delivery} from './delivery.ts';
import type {Forwarding} from './forwarding.ts';
import type {Frames} from './frame.ts';
import {createHedging, type Hedging} from './hedging.ts';
import type {Pressure} from './pressure.ts';
import {createRedelivery, type Redelivery} from './redelivery.ts';
import {createRetryBudget} from './retry-budget.ts';
import type {Limits} from './settings.ts';
import type {Strikes} from './strikes.ts';

type SecondTries = Redelivery & {
	hedging: Hedging;
	/** Pays in for what was sent for the first time; called about once a second, so that it is forgotten in time. */
	deposit(): void;
};

type SecondTriesParts = {
	limits: Limits;
	now: Now;
	backends: Backends;
	frames: Frames;
	dealing: Dealing;
	delivery: Delivery;
	pressure: Pressure;
	forwarding: Forwarding;
	strikes: Strikes;
};

export function createSecondTries(parts: SecondTriesParts): SecondTries {
	const {limits, now, backends, frames, dealing, delivery, pressure, forwarding, strikes} = parts;
	const {send, unload} = forwarding;
	const budget = createRetryBudget(limits.retryBudget, now);
	let deposited = 0;

	const deposit = () => {
		budget.deposit(forwarding.messages - deposited);
		deposited = forwarding.messages;
	};

	const afford = (messages: number) => {
		deposit();
		return budget.withdraw(Math.max(1, messages));
	};

	const hedging = createHedging({frames, another: dealing.another, afford, send, unload});
	const redelivery = createRedelivery({
		...{backends, frames, dealing, delivery, pressure, hedging, afford, unload},
		redeliveries: limits.redeliveries,
		answerMs: limits.answerMs,
		struck: (limit, {name}, times) =>
			strikes.tell({limit, times, label: 'Server', text: `${name} ${words[limit] ?? ''}`}),
	});
	return {...redelivery, hedging, deposit};
}

/** What is told of a server when a limit strikes messages of its. */
const words: Partial<Record<LimitName, string>> = {
	'answer-timeout': 'did not answer',
	'try-timeout': 'did not answer in time',
	'retry-budget': 'broke, and not all it had may be sent again',
};
