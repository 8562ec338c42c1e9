/** A run's events as lines of JSON, both ways: the first line has what a state begins with, each further one an event. */

import {escapeText} from '../domain/escape.ts';
import type {Event} from '../domain/event.ts';
import type {Plan} from '../domain/plan.ts';
import {initialState} from './initial.ts';
import type {State} from './state.ts';

/** The first line. A newer format has another name. */
const format = 'lbtop-events/1';

/** The most log lines that one event keeps: what no one can read costs too much to keep. */
const keptLines = 20;

type Beginning = {plan: Plan; at: number; wallMs: number; pid: number};

/** The first line of a file, by which {@link readBeginning} has the state again. */
export function beginningLine({plan, startedAt, startedWallMs, pid}: State): string {
	return JSON.stringify({format, at: startedAt, wallMs: startedWallMs, pid, plan});
}

/** One event as a line, for {@link readEvent}. */
export function eventLine(event: Event): string {
	return JSON.stringify(event.type === 'log-read' ? shortened(event) : event);
}

/** The state that a file of events begins with, or undefined when this is not its first line. */
export function readBeginning(line: string): State | undefined {
	try {
		const {format: given, ...beginning} = parse(line) as Beginning & {format: string};
		if (given !== format) return undefined;
		// Files from before there was a choice do not name it.
		const known: Partial<Plan['balancer']> = beginning.plan.balancer;
		const balancer = {...beginning.plan.balancer, engine: known.engine ?? 'embedded'};
		return initialState({...beginning.plan, balancer}, beginning);
	} catch {
		return undefined; // Whatever is wrong with it, it is not a first line; the caller says so with its number.
	}
}

/** An event, or undefined for what is none. What is inside of it shows when it is applied. */
export function readEvent(line: string): Event | undefined {
	try {
		const event = parse(line) as Partial<Event> | null;
		return typeof event?.type === 'string' && Number.isFinite(event.at) ? (event as Event) : undefined;
	} catch {
		return undefined; // As above.
	}
}

/** A file is a stranger: no text of it may move the terminal. */
function parse(line: string): unknown {
	return JSON.parse(line, (_, value) => (typeof value === 'string' ? escapeText(value) : value));
}

function shortened(event: Extract<Event, {type: 'log-read'}>): Event {
	const tooMany = event.lines.length - keptLines;
	if (tooMany <= 0) return event;
	const passed = event.lines.slice(0, tooMany).reduce((sum, line) => sum + line.length + 1, 0);
	return {
		...event,
		lines: event.lines.slice(tooMany),
		bytes: event.bytes - passed,
		skippedBytes: event.skippedBytes + passed,
	};
}
