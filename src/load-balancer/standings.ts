/**
 * Where each server stands, from what its checks, the traffic and people say of it: every change of a route goes through
 * here. The rules are the tables of `health.ts`; slow start, outliers and panic have files of their own.
 */

import {formatRoute} from '../domain/status.ts';
import type {LastCheck, RouteChanged} from '../domain/tick.ts';
import {phrase} from '../words/words.ts';
import {type Backend, isDown} from './backend.ts';
import type {Clock} from './clock.ts';
import {type Observation, observe, routeOf} from './health.ts';
import type {HealthSettings} from './health-settings.ts';
import {createOutlierDetector} from './outlier-detector.ts';
import {createPanic} from './panic.ts';
import {addError, noErrors, suspicionOf} from './passive.ts';
import {createSlowStart} from './slow-start.ts';

/** What changes of a server's standing bring about. `mayUse` is right already when these are called. */
export type StandingHandlers = {
	changed(backend: Backend, change: RouteChanged): void;
	/** It may be given something new, or may not any more, though its route is what it was: panic came or went. */
	shifted(backend: Backend): void;
	/** Errors in use: is it well? */
	suspected(backend: Backend): void;
	/** Panic came or went, in a sentence. */
	panicked(text: string): void;
	/** What may be used is not what it was, or has other weights. */
	stirred(): void;
};

type StandingsParts = {
	settings: HealthSettings;
	clock: Clock;
	servers: () => readonly Backend[];
	handlers: StandingHandlers;
};

/** `broken`: a connection was refused or broke. `unanswered`: a message was not answered in the time there is for it. */
export type TrafficError = 'broken' | 'unanswered';

/** Where each server stands, by its checks, its errors and what people want; tells what has changed. */
export function createStandings({settings, clock, servers, handlers}: StandingsParts) {
	const panic = createPanic(settings.panicPercent);

	/** Makes a change that may alter which servers are used. */
	const shift = (backend: Backend, make: () => void) => {
		const wasUsed = panic.mayUse(backend);
		const wasPanic = panic.isOn;
		make();
		if (panic.mayUse(backend) !== wasUsed || panic.isOn !== wasPanic) handlers.stirred();
		if (panic.isOn === wasPanic) return;
		handlers.panicked(panicText());
		for (const other of servers()) if (other !== backend && !isWell(other)) handlers.shifted(other);
	};

	const change = (backend: Backend, make: () => void) =>
		shift(backend, () => {
			panic.leave(backend);
			make();
			panic.enter(backend);
		});

	const panicText = () => {
		const counts = {well: panic.well, all: panic.servers};
		const well =
			panic.well === 1
				? phrase('1 of {all} servers is well', {all: panic.servers})
				: phrase('{well} of {all} servers are well', counts);
		if (!panic.isOn) return phrase('panic is over: {well}', {well});
		return phrase('panic: {well}, less than {percent} %; those that only seem unwell are used too', {
			...{well, percent: settings.panicPercent},
		});
	};

	const update = (backend: Backend, cause: string, {isFirst}: {isFirst: boolean} = {isFirst: false}) => {
		const from = backend.route;
		const wanted = backend.administration === 'ready' && backend.userWeight === 0 ? 'drain' : backend.administration;
		const to = routeOf(backend.health, wanted, settings);
		if (formatRoute(from) === formatRoute(to) && !isFirst) return;
		change(backend, () => {
			if (from.state !== to.state) keepTime(backend, to.state);
			backend.route = to;
		});
		const {check, name} = backend;
		handlers.changed(backend, {type: 'route-changed', server: name, from, to, cause, ...(check && {check})});
	};

	const keepTime = (backend: Backend, to: RouteChanged['to']['state']) => {
		const now = clock.now();
		const wasDown = isDown(backend);
		if (wasDown) backend.downMs += now - backend.changedAt;
		if (to === 'DOWN' && !wasDown) backend.downs++;
		if (to === 'EJECTED') backend.ejections++;
		backend.changedAt = now;
	};

	const apply = (backend: Backend, observation: Observation, cause: string) => {
		const {state} = backend.health;
		backend.health = observe(backend.health, observation, settings);
		const next = backend.health.state;
		if (next === 'SLOW' && state !== 'SLOW') slowStart.begin(backend);
		if (next !== 'SLOW' && state === 'SLOW') slowStart.end(backend);
		if (next !== state) weigh(backend);
		update(backend, cause, {isFirst: isUnknown(state) && !isUnknown(next)});
		if (next === 'UP' || next === 'SLOW') trust(backend, {answersStill: false});
	};

	const weigh = (backend: Backend) => {
		const weight = backend.userWeight * slowStart.partOf(backend);
		if (weight === backend.weight) return;
		backend.weight = weight;
		handlers.stirred();
	};

	const slowStart = createSlowStart({
		windowMs: settings.slowStartMs,
		clock,
		grown: weigh,
		warmed: backend => apply(backend, 'warmed', phrase('its slow start is over')),
	});

	const outliers = createOutlierDetector({
		settings: settings.outlier,
		clock,
		servers,
		eject: (backend, cause) => apply(backend, 'ejected', cause),
		readmit: (backend, cause) => apply(backend, 'readmitted', cause),
	});

	/** Whether the traffic says otherwise than a check that failed. */
	const compare = (backend: Backend, {status}: LastCheck) => {
		const hasAnswered = backend.answered > backend.answeredBefore;
		const isAsked = backend.inFlight > 0;
		const answersStill = status !== 'L4CON' && (hasAnswered || (backend.answersStill && !isAsked));
		trust(backend, {answersStill});
	};

	const trust = (backend: Backend, {answersStill}: Pick<Backend, 'answersStill'>) => {
		if (answersStill === backend.answersStill) return;
		const wasUsed = panic.mayUse(backend);
		change(backend, () => Object.assign(backend, {answersStill}));
		if (panic.mayUse(backend) !== wasUsed) handlers.shifted(backend);
	};

	const judgeErrors = (backend: Backend, cause: string) => {
		backend.errorRun = addError(backend.errorRun, backend.answered);
		const suspicion = suspicionOf(backend.errorRun, settings.passive);
		if (suspicion !== undefined) {
			backend.errorRun = noErrors;
			handlers.suspected(backend);
			if (suspicion !== null) apply(backend, suspicion, cause);
		}
		trust(backend, {answersStill: false});
	};

	return {
		mayUse: panic.mayUse,
		update,
		weigh,
		/** A check is over. `unknown`: it says nothing of the server. */
		checked: (backend: Backend, result: LastCheck, observation: Observation | 'unknown') => {
			backend.check = result;
			if (observation === 'unknown') return;
			if (observation !== 'well') {
				if (isWell(backend) || backend.route.state === 'EJECTED') backend.checkFailures++;
				compare(backend, result);
			}
			backend.answeredBefore = backend.answered;
			apply(backend, observation, result.text);
			if (observation === 'well') outliers.checkedWell(backend);
		},
		/** The traffic had bad luck with the server: a connection was refused or broke, a message was never answered. */
		observe: (backend: Backend, error: TrafficError, cause: string) => {
			if (error === 'broken') judgeErrors(backend, cause);
			outliers.failed(backend);
		},
		/** What was known is worth nothing: the next check decides. */
		renew: (backend: Backend, cause: string) => apply(backend, 'renewed', cause),
		enter: (backend: Backend) => shift(backend, () => panic.enter(backend)),
		leave: (backend: Backend) => {
			shift(backend, () => panic.leave(backend));
			slowStart.end(backend);
			outliers.forget(backend);
		},
		stop: () => {
			outliers.stop();
			for (const backend of servers()) slowStart.end(backend);
		},
	};
}

function isWell({route}: Backend): boolean {
	return route.state === 'UP' || route.state === 'SLOW';
}

function isUnknown(state: Backend['health']['state']): boolean {
	return state === 'INITIAL' || state === 'UNCHECKED';
}
