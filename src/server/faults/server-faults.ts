/** The faults a server has now, and how a message goes while it has some. */

import type {Fault, FaultKind} from '../../domain/fault.ts';
import type {Random} from '../../domain/random.ts';
import {phrase} from '../../words/words.ts';
import {formatFrameHeader} from '../trunk-bytes.ts';
import type {Job, Work} from '../work.ts';
import {type Course, createStep, type Step} from './message-faults.ts';

/** How a connection can be ended in the middle: FIN after what is answered and `words`, or RST at once. */
export type Cut = (how: 'close' | 'reset', words?: string) => void;

/** A message that has come. `slot` is a trunk's, or negative on a plain connection. */
type Asked = {id: string; text: string; slot: number; cut: Cut};

/** A reply to come; '' where there will be none. */
export type Awaited = Pick<Job, 'waiters'>;

/** What the faults in force do to the server. */
export type ServerFaults = {
	/** Whether messages go as if there were no faults. */
	isQuiet: boolean;
	/** Whether the server listens to no new connections; whether it reads none of those it has. */
	refuses: boolean;
	neverReads: boolean;
	/** The fault is in force; one that is no matter of a server's messages or connections is not taken: false. */
	begin(id: number, fault: Fault): boolean;
	/** False when there is no such fault. */
	end(id: number): boolean;
	/** The reply to a message, there already or to come. */
	answer(work: Work, asked: Asked): string | Awaited;
};

/** `crash` ends the process at once. `onChange` is called when the faults have become others. */
type ServerFaultsTools = {random: Random; crash(reason: string): void; onChange?(): void};

export function createServerFaults({random, crash, onChange = () => {}}: ServerFaultsTools): ServerFaults {
	let active: Active[] = [];
	let steps: Step[] = [];
	const change = (next: Active[]) => {
		active = next;
		steps = [...active].sort((one, other) => one.place - other.place).flatMap(({step}) => step ?? []);
		const has = (kind: FaultKind) => active.some(({fault}) => fault.kind === kind);
		faults.isQuiet = steps.length === 0;
		faults.refuses = has('refuse');
		faults.neverReads = has('never-read');
		onChange();
	};

	const courseOf = (text: string): Course => {
		const course: Course = {extraMs: 0, isWithheld: false, isHalved: false, change: reply => reply, faults: []};
		for (const step of steps) step(course, text);
		return course;
	};

	const answer = (work: Work, {id, text, slot, cut}: Asked): string | Awaited => {
		const course = courseOf(text);
		if (isUsual(course)) return work.take(id);
		const answered: Awaited = {waiters: []};
		const tell = (reply: string) => {
			for (const waiter of answered.waiters) waiter(reply);
		};
		// Not within this call: whoever asked is not waiting yet.
		const tellSoon = (reply: string) => queueMicrotask(() => tell(reply));
		const deliver = (reply: string) => {
			if (course.isWithheld) return '';
			const changed = course.change(reply);
			if (!course.isHalved) return changed;
			const half = changed.slice(0, changed.length / 2);
			cut('close', slot < 0 ? half : formatFrameHeader(slot, changed.length) + half);
			return '';
		};
		switch (course.instead) {
			case 'crash':
				crash(phrase('it had the fault crash'));
				break;
			case 'reset':
			case 'close':
				cut(course.instead);
				break;
			case 'nak':
				tellSoon(work.refuse(id, 'unavailable', 'fail-first'));
				return answered;
			case undefined: {
				const taken = work.take(id, {extraMs: course.extraMs, faults: course.faults.join(',')});
				if (typeof taken === 'string') tellSoon(deliver(taken));
				else taken.waiters.push(reply => tell(deliver(reply)));
				return answered;
			}
		}
		tellSoon('');
		return answered;
	};

	const faults: ServerFaults = {
		isQuiet: true,
		refuses: false,
		neverReads: false,
		begin: (id, fault) => {
			const made = createStep(fault, random);
			if (!made && !connectionFaults.has(fault.kind)) return false;
			change([...active, {id, fault, place: made?.place ?? 0, step: made?.step}]);
			return true;
		},
		end: id => {
			if (!active.some(each => each.id === id)) return false;
			change(active.filter(each => each.id !== id));
			return true;
		},
		answer,
	};
	return faults;
}

function isUsual({instead, extraMs, faults}: Course): boolean {
	return instead === undefined && extraMs === 0 && faults.length === 0;
}

type Active = {id: number; fault: Fault; place: number; step: Step | undefined};

/** Those of connections, not of messages. */
const connectionFaults = new Set<FaultKind>(['refuse', 'never-read']);
