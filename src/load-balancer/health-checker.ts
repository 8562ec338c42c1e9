/** Asks every server again and again whether it is well, so that checks are never in step and never too many at once. */

import type {Random} from '../domain/random.ts';
import {phrase} from '../words/words.ts';
import type {Backend, Backends} from './backends.ts';
import {type Finding, startCheck} from './check.ts';
import type {Clock} from './clock.ts';
import {untilNextCheck} from './health.ts';
import type {HealthSettings} from './health-settings.ts';
import type {Transport} from './transport.ts';

type HealthChecker = {
	/** Checks all, and goes on doing so. Resolves when each has been checked once, or after some seconds. */
	start(): Promise<void>;
	/** Checks a server now instead of at its next time; many calls in a row come to a few checks. */
	checkSoon(backend: Backend): void;
	/** Checks a server now, at its present address, and from then on. */
	watch(backend: Backend): void;
	/** Checks it no more. */
	unwatch(backend: Backend): void;
	stop(): void;
};

type HealthCheckerParts = {
	backends: Pick<Backends, 'all' | 'checked'>;
	settings: HealthSettings;
	transport: Transport;
	clock: Clock;
	random: Random;
};

/** Checks under way at once: each takes an open file. */
const maxUnderWay = 256;

/** Between the beginnings of two checks of a server, however much suspicion there is. */
const leastMs = 50;

/** How long a start waits for servers that neither answer nor refuse. */
const maxStartMs = 5000;

/** `cancel` ends the check that is under way or the pause before the next. */
type Watch = {backend: Backend; startedAt: number; isUnderWay: boolean; cancel: () => void};

export function createHealthChecker(parts: HealthCheckerParts): HealthChecker {
	const {backends, settings, transport, clock, random} = parts;
	const watches = new Map<Backend, Watch>();
	const waiting = new Set<Watch>();
	let underWay = 0;
	let checkedOnce = 0;
	let onCheckedOnce: () => void = () => {};

	const plan = (watch: Watch, delayMs: number) => {
		watch.cancel();
		watch.cancel = clock.after(delayMs, () => {
			waiting.add(watch);
			next();
		});
	};

	const next = () => {
		for (const watch of waiting) {
			if (underWay >= maxUnderWay) return;
			waiting.delete(watch);
			check(watch);
		}
	};

	const check = (watch: Watch) => {
		const {backend} = watch;
		const {host, port} = backend;
		const {timeoutMs, question} = settings;
		const isFirst = watch.startedAt === Number.NEGATIVE_INFINITY;
		watch.startedAt = clock.now();
		watch.isUnderWay = true;
		underWay++;
		const cancel = startCheck({host, port, timeoutMs, question, transport, clock}, finding => {
			leave();
			watch.cancel = () => {};
			take(backend, finding);
			if (watches.get(backend) === watch) plan(watch, pauseOf(backend, {isFirst}));
			if (isFirst && ++checkedOnce === backends.all.length) onCheckedOnce();
			next();
		});
		const leave = () => {
			watch.isUnderWay = false;
			underWay--;
		};
		watch.cancel = () => {
			leave();
			cancel();
		};
	};

	const take = (backend: Backend, {status, ms, text, isWell, speaksTrunk}: Finding) => {
		const result = {status, ms, text};
		if (status === 'SOCKERR') return backends.checked(backend, result, 'unknown');
		if (!isWell) return backends.checked(backend, result, 'unwell');
		const isOther = speaksTrunk !== backend.speaksTrunk && backend.route.state !== 'DOWN';
		backend.speaksTrunk = speaksTrunk;
		if (!isOther) return backends.checked(backend, result, 'well');
		backends.checked(backend, {...result, text: phrase('another program answers there')}, 'lost');
	};

	const pauseOf = (backend: Backend, {isFirst}: {isFirst: boolean}) => {
		const count = backends.all.length;
		const wantedMs = untilNextCheck(backend.health, settings);
		// With very many servers the pauses grow: else, if none answered, more checks would be due than can be under way.
		const affordedMs = (count * settings.timeoutMs) / maxUnderWay;
		const pauseMs = wantedMs === settings.fastInterMs ? wantedMs : Math.max(wantedMs, affordedMs);
		const noise = 1 + ((random() * 2 - 1) * settings.spreadPercent) / 100;
		// From the second check on, those of different servers lie apart.
		const offset = isFirst ? (pauseMs * (backend.index % count)) / count : 0;
		return pauseMs * noise + offset;
	};

	const unwatch = (backend: Backend) => {
		const watch = watches.get(backend);
		if (!watch) return;
		watches.delete(backend);
		waiting.delete(watch);
		watch.cancel();
	};

	const watchFromNow = (backend: Backend) => {
		unwatch(backend);
		const watch = {backend, startedAt: Number.NEGATIVE_INFINITY, isUnderWay: false, cancel: () => {}};
		watches.set(backend, watch);
		waiting.add(watch);
		next();
	};

	return {
		start: () =>
			new Promise(resolve => {
				const cancel = clock.after(maxStartMs, resolve);
				onCheckedOnce = () => {
					cancel();
					resolve();
				};
				for (const backend of backends.all) watchFromNow(backend);
				if (backends.all.length === 0) onCheckedOnce();
			}),
		checkSoon: backend => {
			const watch = watches.get(backend);
			if (!watch || watch.isUnderWay || waiting.has(watch)) return;
			plan(watch, Math.max(0, watch.startedAt + leastMs - clock.now()));
		},
		watch: watchFromNow,
		unwatch,
		stop: () => {
			for (const backend of watches.keys()) unwatch(backend);
		},
	};
}
