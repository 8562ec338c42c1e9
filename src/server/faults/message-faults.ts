/** What each fault makes of a message: one row a kind, each a step that changes the message's course. */

import {drawMs} from '../../domain/distribution.ts';
import {type Fault, type FaultKind, type FaultOf, faultKinds} from '../../domain/fault.ts';
import type {Random} from '../../domain/random.ts';
import {createSelection, type Which} from './selection.ts';

/**
 * How a message goes. `instead`: what happens instead of executing it. Replies are whole lines, one character a byte;
 * `isHalved`: only half of the answer is sent, then FIN. `faults`: what changed it, for the log.
 */
export type Course = {
	instead?: 'crash' | 'reset' | 'close' | 'nak';
	extraMs: number;
	isWithheld: boolean;
	isHalved: boolean;
	change(reply: string): string;
	faults: FaultKind[];
};

/** Changes the course of one message, or leaves it; called for each message in turn. */
export type Step = (course: Course, text: string) => void;

type MessageFaultKind = keyof typeof rows;

/** What a fault does to messages; undefined for one that does nothing to them. `place` orders the steps of several. */
export function createStep(fault: Fault, random: Random): {place: number; step: Step} | undefined {
	if (!Object.hasOwn(rows, fault.kind)) return undefined;
	const row = rows[fault.kind as MessageFaultKind] as (parameters: unknown, random: Random) => Step;
	return {place: faultKinds.indexOf(fault.kind), step: row(fault.parameters, random)};
}

const rows = {
	crash: ({nth}, random) => onThose({share: 1, kind: 'any', nth}, random, course => instead(course, 'crash')),
	reset: (which, random) => onThose(which, random, course => instead(course, 'reset')),
	close: (which, random) => onThose(which, random, course => instead(course, 'close')),
	'fail-first': ({count, how}) => {
		let left = count;
		return course => {
			if (left === 0) return;
			left--;
			instead(course, how);
		};
	},
	slow: ({delayMs, ...which}, random) =>
		onThose(which, random, course => {
			course.extraMs += drawMs(delayMs, random);
		}),
	'no-ack': (which, random) =>
		onThose(which, random, course => {
			course.isWithheld = true;
			course.faults.push('no-ack');
		}),
	'wrong-answer': (which, random) => onThose(which, random, course => changes(course, 'wrong-answer', anothers)),
	garbage: (which, random) => onThose(which, random, course => changes(course, 'garbage', () => garbage(random))),
	'double-ack': (which, random) => onThose(which, random, course => changes(course, 'double-ack', twice)),
	'half-answer': (which, random) =>
		onThose(which, random, course => {
			course.isHalved = true;
			course.faults.push('half-answer');
		}),
} satisfies {[K in FaultKind]?: (parameters: FaultOf<K>['parameters'], random: Random) => Step};

function onThose(which: Which, random: Random, step: (course: Course) => void): Step {
	const takes = createSelection(which, random);
	return (course, text) => {
		if (takes(text)) step(course);
	};
}

/** The first word stands: what has crashed resets nothing. */
function instead(course: Course, what: NonNullable<Course['instead']>) {
	course.instead ??= what;
}

function changes(course: Course, kind: FaultKind, change: (reply: string) => string) {
	const before = course.change;
	course.change = reply => change(before(reply));
	course.faults.push(kind);
}

/** The reply as if it were to a message that nobody sent. */
function anothers(reply: string): string {
	return `#nobody-0 ${reply.replace(/^#\S+ /, '')}`;
}

function twice(reply: string): string {
	return reply + reply;
}

const newline = 10;

/** A line of 16 to 79 random bytes. */
function garbage(random: Random): string {
	const bytes = Array.from({length: 16 + Math.floor(random() * 64)}, () => {
		const byte = Math.floor(random() * 256);
		return byte === newline ? 0 : byte;
	});
	return `${String.fromCharCode(...bytes)}\n`;
}
