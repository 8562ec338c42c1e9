/** Events in a person's words: one line for the events pane, the plain output and the charts' marks. */

import type {CheckResult} from '../domain/check.ts';
import {formatDuration} from '../domain/duration.ts';
import type {Event, FaultEndCause, PartEvent} from '../domain/event.ts';
import {formatFault} from '../domain/fault.ts';
import {auditId} from '../domain/plan.ts';
import {describeRate} from '../domain/rate.ts';
import {formatRoute} from '../domain/status.ts';
import {type EventLine, partsOf, type State} from './state.ts';

/** `mark`: what the charts write at that moment; absent: nothing. */
export type Described = EventLine & {mark?: string};

/** An event's line, or undefined for what is not worth one (ticks, seconds). */
export function describeEvent(state: State, event: Event): Described | undefined {
	const {at} = event;
	const line = (actor: string, text: string, tone: EventLine['tone'] = 'plain', mark?: string): Described =>
		mark ? {at, actor, text, tone, mark} : {at, actor, text, tone};
	switch (event.type) {
		case 'run-started':
			return line('lbtop', `run started (pid ${event.pid})`);
		case 'phase-changed':
			return event.phase === 'running' ? line('lbtop', 'all parts are ready', 'good') : undefined;
		case 'process-changed': {
			if (event.status === 'READY')
				return line('lbtop', `${nameOf(state, event.part)} is READY`, 'good', `${nameOf(state, event.part)} ready`);
			if (event.status === 'PAUSED')
				return line(event.by, `${nameOf(state, event.part)} PAUSED`, 'warn', `${nameOf(state, event.part)} paused`);
			if (event.status === 'NOT-READY' || event.status === 'FAILED')
				return line('lbtop', `${nameOf(state, event.part)} is ${event.status}: ${event.detail ?? ''}`, 'bad');
			return undefined;
		}
		case 'exited':
			return exitLine(state, event, line);
		case 'backing-off':
			return line(
				'lbtop',
				`${nameOf(state, event.part)} starts again in ${formatDuration(event.delayMs)} (attempt ${event.attempt})`,
				'warn',
			);
		case 'spawned':
			return line('lbtop', `${nameOf(state, event.part)} started (pid ${event.pid})`);
		case 'part-said':
			return partLine(state, event.part, event.event, line);
		case 'commanded':
			return line(event.by, `$ ${event.echo}`);
		case 'refused':
			return line(event.by, `refused: ${event.reason}`, 'warn');
		case 'rate-changed':
			return line('lbtop', `rate is now ${describeRate(event.rate)}`, 'plain', `rate ${describeRate(event.rate)}`);
		case 'server-added':
			return line('lbtop', `${event.server.name} is added at ${event.server.host}:${event.server.port}`);
		case 'moved':
			return line('lbtop', `port ${event.from} is taken; ${nameOf(state, event.part)} uses ${event.to}`, 'warn');
		case 'fault-began': {
			const {part, fault, forMs, by} = event;
			const text = `${nameOf(state, part)}: fault ${formatFault(fault)}`;
			return line(by, forMs === undefined ? text : `${text} for ${formatDuration(forMs)}`, 'bad', text);
		}
		case 'fault-ended': {
			const text = `${nameOf(state, event.part)}: fault ${event.fault.kind} ended`;
			return line(event.by, `${text} (${endWords[event.cause]})`, 'good', text);
		}
		case 'noted':
			return line('lbtop', event.text, 'warn');
		case 'checks-judged':
			return event.changed.length === 0 ? undefined : checksLine(event.changed, line);
		case 'scenario-told':
			return line('scenario', event.text, event.tone);
		case 'second-passed':
		case 'log-read':
		case 'errors-read':
		case 'files-counted':
			return undefined;
	}
}

const endWords: Record<FaultEndCause, string> = {
	asked: 'undone',
	duration: 'its time is over',
	'part-ended': 'its process is gone',
	'run-ended': 'the run ends',
};

type Line = (actor: string, text: string, tone?: EventLine['tone'], mark?: string) => Described;

function checksLine(changed: CheckResult[], line: Line): Described {
	const isBroken = changed.some(({ok}) => ok === false);
	const words = changed.map(
		({expr, ok, value}) => `check ${ok ? 'holds again' : 'broken'}: ${expr} (is ${value ?? 'unknown'})`,
	);
	return line('lbtop', words.join('; '), isBroken ? 'bad' : 'good', isBroken ? 'check broken' : undefined);
}

function exitLine(state: State, {part, exit, planned, by}: Extract<Event, {type: 'exited'}>, line: Line): Described {
	const name = nameOf(state, part);
	const how = exit.signal ? `signal ${exit.signal}` : `code ${exit.code ?? 'unknown'}`;
	if (planned)
		return line(
			by,
			`${name} stopped (${how})`,
			state.phase === 'running' ? 'warn' : 'plain',
			`${name} ${exit.signal === 'SIGKILL' ? 'killed' : 'stopped'}`,
		);
	const last = exit.lastError ? `: ${exit.lastError}` : '';
	return line(name, `CRASHED with ${how}${last}`, 'bad', `${name} crashed`);
}

function partLine(state: State, part: string, event: PartEvent, line: Line): Described | undefined {
	switch (event.type) {
		case 'route-changed': {
			if (event.from.state === event.to.state) return undefined;
			const tone = event.to.state === 'UP' ? 'good' : event.to.state === 'DOWN' ? 'bad' : 'warn';
			return line(
				'balancer',
				`${event.server} ${formatRoute(event.to)} (${event.cause})`,
				tone,
				`${event.server} ${event.to.state}`,
			);
		}
		case 'algorithm-changed':
			return line('balancer', `algorithm is now ${event.algorithm}`, 'plain', event.algorithm);
		case 'servers-changed':
			return event.cause === '' ? undefined : line('balancer', event.cause, 'warn');
		case 'could-not-start':
			return line(nameOf(state, part), event.message, 'bad');
		case 'noted':
			return line(nameOf(state, part), event.text, 'warn');
		default:
			return undefined;
	}
}

function nameOf(state: State, id: string): string {
	return id === auditId ? 'Log audit' : (partsOf(state).find(part => part.id === id)?.name ?? id);
}
