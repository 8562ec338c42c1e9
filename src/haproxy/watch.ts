/** The wiring of `lbtop top`: HAProxy is asked again and again, its answers become the state, commands go to its socket. */

import type {Command, CommandResult} from '../domain/command.ts';
import {escapeText} from '../domain/escape.ts';
import type {Event} from '../domain/event.ts';
import {balancerId} from '../domain/plan.ts';
import type {WatchedTick} from '../domain/watched.ts';
import {now} from '../part.ts';
import {createStore, type Store} from '../state/store.ts';
import {phrase} from '../words/words.ts';
import {askRuntime} from './ask-runtime.ts';
import {emptyState} from './empty-state.ts';
import {eventsOf, type Followed, follow} from './follow.ts';
import {backendsOf, lookAt} from './look.ts';
import {echoOf, orderOf} from './order.ts';
import {readInfo, readStat} from './read-answers.ts';
import {placeText, type RuntimePlace} from './runtime-place.ts';

export type Watch = {
	store: Store;
	/** Tells HAProxy, or says why not; what it brings about comes with the next look. */
	send(command: Command): Promise<CommandResult>;
	/** What the screen had to say, for the list of events. */
	screenSaid(text: string): void;
	/** Asks no more. */
	close(): void;
};

/** `backend` absent: the first. `onEvent`: after the state has changed. */
type Settings = {
	place: RuntimePlace;
	backend: string | undefined;
	everyMs: number;
	onEvent?: (event: Event, store: Store) => void;
};

/** No such backend: the answer was HAProxy's, the name was not. */
export class NoBackend extends Error {}

/** Asks once, then every `everyMs` and never before it was answered. Rejects with a sentence where the first answer is none. */
export async function openWatch({place, backend: wanted, everyMs, onEvent}: Settings): Promise<Watch> {
	const socket = placeText(place);
	const look = async (backend: string | undefined) => {
		const info = readInfo(await askRuntime(place, 'show info'));
		if (!info)
			throw new Error(
				phrase("what answers there is not HAProxy, or it is its master's socket: name that of the workers"),
			);
		const rows = readStat(await askRuntime(place, 'show stat'));
		if (!rows) throw new Error(phrase("it does not answer 'show stat' as HAProxy does"));
		const there = backendsOf(rows);
		const chosen = backend ?? there[0];
		if (chosen === undefined) throw new NoBackend(phrase('it has no backend with servers'));
		if (!there.includes(chosen))
			throw new NoBackend(
				phrase("it has no backend '{backend}'; there are {backends}", {backend: chosen, backends: there.join(', ')}),
			);
		return lookAt({rows, info, backend: chosen, socket, everySeconds: everyMs / 1000});
	};

	let followed: Followed = follow(await look(wanted));
	const {backend, program, version, unit, others} = followed.look;
	const at = now();
	const store = createStore(emptyState(at));
	const emit = (event: Event) => {
		store.apply(event);
		onEvent?.(event, store);
	};
	const note = (text: string) => emit({at: now(), type: 'noted', text});
	for (const event of eventsOf(followed, undefined, at)) emit(event);
	note(
		phrase('{program} {version}, backend {backend}: it counts {unit}, not ACKs', {
			...{program, version, backend, unit},
		}),
	);
	if (others.length > 0)
		note(phrase('there are more backends: {backends}; --backend NAME shows another', {backends: others.join(', ')}));

	let isLost = false;
	let isClosed = false;
	let timer: NodeJS.Timeout | undefined;

	const seen = (looked: WatchedTick) => {
		const next = follow(looked, followed);
		if (isLost) {
			isLost = false;
			emit({at: now(), type: 'process-changed', part: balancerId, status: 'EXTERNAL', by: 'lbtop'});
			note(phrase('{program} answers again', {program}));
		}
		for (const event of eventsOf(next, followed, now())) emit(event);
		followed = next;
	};
	const unseen = ({message: detail}: Error) => {
		if (!isLost) emit({at: now(), type: 'process-changed', part: balancerId, status: 'NOT-READY', by: 'lbtop', detail});
		isLost = true;
	};
	const lookAgain = async () => {
		const began = now();
		const looked = await look(backend).catch((error: Error) => error);
		if (isClosed) return;
		if (looked instanceof Error) unseen(looked);
		else seen(looked);
		emit({at: now(), type: 'second-passed'});
		timer = setTimeout(lookAgain, Math.max(0, everyMs - (now() - began)));
	};
	timer = setTimeout(lookAgain, everyMs);

	return {
		store,
		screenSaid: text => emit({at: now(), type: 'screen-said', text}),
		send: async command => {
			const refuse = (reason: string): CommandResult => {
				emit({at: now(), type: 'refused', command, by: 'you', reason});
				return {ok: false, reason};
			};
			const order = orderOf(
				command,
				followed.look.servers.map(({id}) => id),
			);
			if ('reason' in order) return refuse(order.reason);
			const answer = await askRuntime(place, order.line).catch((error: Error) => error);
			if (answer instanceof Error)
				return refuse(phrase('{program} was not told: {why}', {program, why: answer.message}));
			const words = escapeText(answer.trim().replace(/\s+/g, ' ')).slice(0, 200);
			if (words !== '') return refuse(phrase('{program} refuses: {why}', {program, why: words}));
			const echo = echoOf(order.line, place);
			emit({at: now(), type: 'commanded', command, by: 'you', echo});
			return {ok: true, echo};
		},
		close: () => {
			isClosed = true;
			clearTimeout(timer);
		},
	};
}
