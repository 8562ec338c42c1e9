/** Asks every server again and again whether it is well: connects, says `PING`, and waits for a line. */

import {trunkMark} from '../domain/message.ts';
import type {Backend, Backends} from './backends.ts';
import {untilNextCheck} from './health.ts';
import type {HealthSettings} from './settings.ts';
import {causeOf, isOurFault, type Transport} from './transport.ts';

export type HealthChecker = {
	/** Checks all, and goes on doing so. Resolves when each has been checked once. */
	start(): Promise<void>;
	/** Checks a server now instead of at its next time, if it is checked at all. */
	checkSoon(backend: Backend): void;
	/** Checks a server now, at its present address, and from then on. */
	watch(backend: Backend): void;
	/** Checks it no more. */
	unwatch(backend: Backend): void;
	stop(): void;
};

/** What a check found. `isOurs`: it could not be made for want of something here. */
type Finding = {isWell: true; speaksTrunk: boolean} | {isWell: false; isOurs: boolean; cause: string};

const maxAnswerBytes = 4096;

export function createHealthChecker(backends: Backends, settings: HealthSettings, transport: Transport): HealthChecker {
	const timers = new Map<Backend, NodeJS.Timeout>();
	const underWay = new Map<Backend, () => void>();
	let isStopped = false;

	const plan = (backend: Backend, delayMs: number) => {
		clearTimeout(timers.get(backend));
		if (!isStopped) timers.set(backend, setTimeout(check, delayMs, backend));
	};

	const unwatch = (backend: Backend) => {
		clearTimeout(timers.get(backend));
		timers.delete(backend);
		underWay.get(backend)?.();
		underWay.delete(backend);
	};

	const check = (backend: Backend, then?: () => void) => {
		const isFirst = then !== undefined;
		const cancel = ask(backend, settings.timeoutMs, transport, finding => {
			underWay.delete(backend);
			take(backend, finding);
			// From the second check on, those of different servers lie apart.
			const offset = isFirst ? (settings.interMs * backend.index) / backends.all.length : 0;
			plan(backend, untilNextCheck(backend.health, settings) + offset);
			then?.();
		});
		underWay.set(backend, cancel);
	};

	const take = (backend: Backend, finding: Finding) => {
		if (!finding.isWell) {
			if (!finding.isOurs) backends.observe(backend, 'unwell', finding.cause);
			return;
		}
		const isOther = finding.speaksTrunk !== backend.speaksTrunk && backend.health.state === 'UP';
		backend.speaksTrunk = finding.speaksTrunk;
		if (isOther) backends.observe(backend, 'broken', 'another program answers there');
		else backends.observe(backend, 'well', 'answered its check');
	};

	return {
		start: async () => {
			await Promise.all(backends.all.map(backend => new Promise<void>(resolve => check(backend, resolve))));
		},
		checkSoon: backend => {
			if (timers.has(backend) && !underWay.has(backend)) plan(backend, 0);
		},
		watch: backend => {
			unwatch(backend);
			plan(backend, 0);
		},
		unwatch,
		stop: () => {
			isStopped = true;
			for (const timer of timers.values()) clearTimeout(timer);
			for (const cancel of underWay.values()) cancel();
		},
	};
}

/** One check. `found` is called once, unless the check is cancelled by what this gives back. */
function ask(backend: Backend, timeoutMs: number, transport: Transport, found: (finding: Finding) => void): () => void {
	let answer = '';
	let isOver = false;

	const cancel = () => {
		isOver = true;
		clearTimeout(timer);
		connection.destroy();
	};
	const end = (finding: Finding) => {
		if (isOver) return;
		cancel();
		found(finding);
	};
	const endWell = () => {
		const line = answer.split('\n', 1)[0]!;
		end({isWell: true, speaksTrunk: line.trimEnd().endsWith(` ${trunkMark}`)});
	};
	const endUnwell = (cause: string, isOurs = false) => end({isWell: false, isOurs, cause});

	const timer = setTimeout(() => endUnwell('no answer to its check'), timeoutMs);
	const connection = transport.connect(
		{host: backend.host, port: backend.port, timeoutMs: timeoutMs * 2, isFleeting: true},
		{
			received: bytes => {
				answer += bytes.toString('latin1');
				if (answer.includes('\n')) endWell();
				else if (answer.length > maxAnswerBytes) endUnwell('its answer to a check has no end');
			},
			ended: () => (answer === '' ? endUnwell('connection closed without an answer') : endWell()),
			failed: error => endUnwell(causeOf(error), isOurFault(error)),
		},
	);
	connection.write('PING\n', 'latin1');
	return cancel;
}
