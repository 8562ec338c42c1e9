/** One look after another: counters that go on over reloads, and what has changed between two looks as events. Pure. */

import type {Event} from '../domain/event.ts';
import {balancerId} from '../domain/plan.ts';
import {formatRoute} from '../domain/status.ts';
import type {WatchedCounter, WatchedFigures, WatchedServer, WatchedTick} from '../domain/watched.ts';
import {phrase} from '../words/words.ts';
import {counterFields} from './look.ts';

/** `look`: the last one, as its process counted; `before`: what its earlier lives had counted, by server (`''`: all) and counter. */
export type Followed = {look: WatchedTick; before: Record<string, number>; tick: WatchedTick};

/** The look with its counters over all lives: one that has fallen, or another process, is a new life. */
export function follow(look: WatchedTick, earlier?: Followed): Followed {
	const isAnother = earlier !== undefined && earlier.look.pid !== look.pid;
	const before = {...earlier?.before};
	const summed = <F extends WatchedFigures>(id: string, now: F, last: WatchedFigures | undefined): F => {
		const sums = counters.map(name => {
			const key = `${id} ${name}`;
			const value = now[name];
			const was = last?.[name] ?? 0;
			if (isAnother || (value !== null && value < was)) before[key] = (before[key] ?? 0) + was;
			return [name, value === null ? null : value + (before[key] ?? 0)];
		});
		return {...now, ...Object.fromEntries(sums)};
	};
	const lastOf = (id: string) => earlier?.look.servers.find(server => server.id === id);
	const tick = {
		...look,
		figures: summed('', look.figures, earlier?.look.figures),
		servers: look.servers.map(server => summed(server.id, server, lastOf(server.id))),
	};
	return {look, before, tick};
}

const counters = Object.keys(counterFields) as WatchedCounter[];

/** The events of a look: what has changed since the one before, then the look itself. */
export function eventsOf(now: Followed, earlier: Followed | undefined, at: number): Event[] {
	const said: Event = {at, type: 'part-said', part: balancerId, event: now.tick};
	if (!earlier) return [said];
	const noted = (text: string): Event => ({at, type: 'noted', text});
	const known = new Map(earlier.look.servers.map(server => [server.id, server]));
	const [here, gone] = [now.look.servers, [...known.values()].filter(({id}) => !has(now.look.servers, id))];
	return [
		...lifeNotes(now.look, earlier.look).map(noted),
		...gone.map(({name}) => noted(phrase('the balancer has no server {name} any more', {name}))),
		...here
			.filter(({id}) => !known.has(id))
			.map(({name}) => noted(phrase('the balancer has a server more: {name}', {name}))),
		...here.flatMap(server => routeEvents(server, known.get(server.id), at)),
		said,
	];
}

function lifeNotes(now: WatchedTick, last: WatchedTick): string[] {
	const {program} = now;
	if (now.pid !== last.pid)
		return [
			phrase('{program} is another process now (pid {pid}): its counters began again, those here go on', {
				program,
				pid: now.pid ?? '-',
			}),
		];
	const hasFallen = (now.figures.total ?? 0) < (last.figures.total ?? 0);
	return hasFallen ? [phrase('the counters of {program} were cleared: those here go on', {program})] : [];
}

function routeEvents(now: WatchedServer, last: WatchedServer | undefined, at: number): Event[] {
	const [from, to] = [last?.route, now.route];
	if (!from || !to || formatRoute(from) === formatRoute(to)) return [];
	const {name: server} = now;
	return [
		{at, type: 'part-said', part: balancerId, event: {type: 'route-changed', server, from, to, cause: causeOf(now)}},
	];
}

/** HAProxy's own words: for what people have asked its status, for the rest what its last check said. */
function causeOf({status, administration, check, checkText}: WatchedServer): string {
	if (administration !== 'ready') return status.includes('(') ? status : phrase('it was told so');
	const words = [check, checkText].filter(text => text !== null);
	return words.length === 0 ? status : words.join(' ');
}

function has(servers: WatchedServer[], id: string): boolean {
	return servers.some(server => server.id === id);
}
