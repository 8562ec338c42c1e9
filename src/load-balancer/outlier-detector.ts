/** Counts each server's successes and errors, ejects outliers, and lets them in again. */

import {formatDuration} from '../domain/duration.ts';
import {phrase} from '../words/words.ts';
import type {Backend} from './backend.ts';
import type {Clock} from './clock.ts';
import type {OutlierSettings} from './health-settings.ts';
import {countEjection, ejectionMs, failureOutliers, mayEject, type Outcome, successRateOutliers} from './outlier.ts';
import {addError, type ErrorRun, noErrors} from './passive.ts';

type OutlierDetector = {
	/** A connection to the server was refused or broke, or a message was never answered. */
	failed(backend: Backend): void;
	/** A check of the server went well. */
	checkedWell(backend: Backend): void;
	/** Nobody will ask for this server again. */
	forget(backend: Backend): void;
	stop(): void;
};

type OutlierDetectorParts = {
	settings: OutlierSettings;
	clock: Clock;
	servers: () => readonly Backend[];
	eject(backend: Backend, cause: string): void;
	readmit(backend: Backend, cause: string): void;
};

/**
 * `times` counts ejections and is forgiven one by one, at each sweep that finds the server in. `outUntil` is the end of
 * the last one. The totals are those at the last sweep.
 */
type Record = {run: ErrorRun; successes: number; failures: number; times: number; outUntil: number};

/** Does nothing at all unless it is on. */
export function createOutlierDetector(parts: OutlierDetectorParts): OutlierDetector {
	const {settings, clock, servers} = parts;
	if (!settings.isOn) return {failed() {}, checkedWell() {}, forget() {}, stop() {}};
	const records = new Map<Backend, Record>();

	const recordOf = (backend: Backend) => {
		const known = records.get(backend);
		if (known) return known;
		const record = {run: noErrors, ...totalsOf(backend), times: 0, outUntil: 0};
		records.set(backend, record);
		return record;
	};

	/** One that is down now is ejected when it comes back. */
	const convict = (backend: Backend, cause: string) => {
		const all = servers();
		if (isEjected(backend) || !mayEject(all.filter(isEjected).length, all.length, settings)) return;
		const record = recordOf(backend);
		record.times = countEjection(record.times, settings);
		const outMs = ejectionMs(record.times, settings);
		record.outUntil = clock.now() + outMs;
		if (isIn(backend)) parts.eject(backend, phrase('{cause}; out for {time}', {cause, time: formatDuration(outMs)}));
	};

	const admitIfOver = (backend: Backend, record: Record) => {
		if (clock.now() < record.outUntil) return;
		if (isEjected(backend)) parts.readmit(backend, phrase('its time out is over'));
		else record.times = Math.max(0, record.times - 1);
	};

	/** What the server did since the last sweep. */
	const outcomeOf = (backend: Backend): Outcome<Backend> => {
		const record = recordOf(backend);
		const totals = totalsOf(backend);
		const successes = totals.successes - record.successes;
		const failures = totals.failures - record.failures;
		Object.assign(record, totals);
		return {server: backend, successes, failures};
	};

	const sweep = () => {
		cancel = clock.after(settings.intervalMs, sweep);
		for (const backend of servers()) admitIfOver(backend, recordOf(backend));
		const outcomes = servers().map(outcomeOf);
		const present = outcomes.filter(({server}) => isIn(server));
		for (const {server, cause} of successRateOutliers(present, settings)) convict(server, cause);
		for (const {server, cause} of failureOutliers(present, settings)) convict(server, cause);
	};
	let cancel = clock.after(settings.intervalMs, sweep);

	return {
		failed: backend => {
			const record = recordOf(backend);
			record.run = addError(record.run, backend.answered);
			if (record.run.errors < settings.consecutive) return;
			record.run = noErrors;
			convict(backend, phrase('{number} errors in a row', {number: settings.consecutive}));
		},
		checkedWell: backend => {
			const record = records.get(backend);
			if (!record || clock.now() >= record.outUntil) return;
			if (settings.uneject === 'check') {
				record.outUntil = 0;
				if (isEjected(backend)) parts.readmit(backend, phrase('answered its check'));
			} else if (isIn(backend)) {
				parts.eject(
					backend,
					phrase('it is out for {time} more', {time: formatDuration(record.outUntil - clock.now())}),
				);
			}
		},
		forget: backend => void records.delete(backend),
		stop: () => cancel(),
	};
}

function totalsOf({answered, errors, unanswered}: Backend) {
	return {successes: answered, failures: errors + unanswered};
}

function isIn({health}: Backend): boolean {
	return health.state === 'UP' || health.state === 'SLOW';
}

function isEjected({health}: Backend): boolean {
	return health.state === 'EJECTED';
}
