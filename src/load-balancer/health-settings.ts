/** When a server counts as well, and what becomes of one that does not: the settings, in HAProxy's and Envoy's words. */

/** A check connects, or also says `send` and waits for `expect` (null: for any line). Both are latin1. */
export type CheckQuestion = {type: 'connect'} | {type: 'exchange'; send: string; expect: string | null};

/** What errors in use come to: HAProxy's `on-error`. */
export type OnError = 'fastinter' | 'fail-check' | 'sudden-death' | 'mark-down';

/**
 * `interMs` lies between two checks, `fastInterMs` while the server is between two states or was just lost, `downInterMs`
 * while it is down. `rise` checks in a row that went well bring a server back, `fall` that did not take it out.
 */
export type HealthSettings = {
	question: CheckQuestion;
	interMs: number;
	fastInterMs: number;
	downInterMs: number;
	/** How long a check may take, its connection included. */
	timeoutMs: number;
	rise: number;
	fall: number;
	/** Each pause between two checks is longer or shorter by chance, up to so many percent. */
	spreadPercent: number;
	passive: PassiveSettings;
	/** A server that comes back gets its whole weight after so long; 0: at once. */
	slowStartMs: number;
	/** With fewer percent of the servers well, those that only seem unwell are used too; 0: never. */
	panicPercent: number;
	outlier: OutlierSettings;
};

/** The longest that checks need to take out a server that says nothing: every one of `fall` in a row runs into its time-out. */
export function checkBoundMs({fall, timeoutMs, fastInterMs, interMs}: HealthSettings): number {
	return fall * (timeoutMs + fastInterMs) + interMs;
}

/** HAProxy's `observe layer4` (or `none`): after `errorLimit` connections in a row that were refused or broke, `onError`. */
export type PassiveSettings = {observe: 'layer4' | 'none'; errorLimit: number; onError: OnError};

/** Envoy's outlier detection, with its defaults. Percents are 0–100. */
export type OutlierSettings = {
	isOn: boolean;
	/** Errors in a row. */
	consecutive: number;
	/** Between two looks at what was counted. */
	intervalMs: number;
	/** A server is out for this long × the times it was ejected, at most `maxMs`. */
	baseMs: number;
	maxMs: number;
	/** Of the servers may be out at once; one always may. */
	maxPercent: number;
	/** Needs `servers` with `requests` in the interval; ejects those below mean − `deviations` × σ. */
	successRate: {servers: number; requests: number; deviations: number};
	/** Ejects those of which `percent` or more failed. */
	failurePercentage: {servers: number; requests: number; percent: number};
	/** What brings a server back before its time: a good check, or nothing. */
	uneject: 'check' | 'time';
};
