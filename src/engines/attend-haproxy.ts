/** HAProxy's voice and ear in a lab: its runtime API is asked a few times a second, and told what people want. */

import type {AlgorithmName} from '../domain/algorithm.ts';
import type {PartCommand} from '../domain/command.ts';
import {escapeText} from '../domain/escape.ts';
import type {Exit, PartEvent} from '../domain/event.ts';
import {askRuntime} from '../haproxy/ask-runtime.ts';
import {readStat} from '../haproxy/read-answers.ts';
import {readServerStates} from '../haproxy/read-server-states.ts';
import type {Attend} from '../orchestrator/program.ts';
import {now} from '../part.ts';
import {phrase} from '../words/words.ts';
import {backendName, type NamedServer} from './haproxy-configuration.ts';
import {changesBetween, isChecked, type Seen, seenIn, tickOf} from './haproxy-figures.ts';
import {refusalIn} from './haproxy-words.ts';
import {usageOf} from './process-usage.ts';

/** `listening`: said when it answers. */
type Attended = {
	socket: string;
	servers: () => NamedServer[];
	algorithm: () => AlgorithmName;
	listening: Extract<PartEvent, {type: 'listening'}>;
};

/** Between two looks; before it has begun, and for how long its servers' first checks are waited for then. */
const [lookEveryMs, knockEveryMs, firstChecksMs] = [250, 50, 2500];
/** A silence shorter than this is no news. */
const silentMs = 2000;
const program = 'HAProxy';
/** What waits to be said to it; of more, the last. */
const mostOrders = 256;

export function attendHaproxy({socket, servers, algorithm, listening}: Attended): Attend {
	return ({pid, tell}) => {
		const known = servers();
		const begunAt = now();
		const orders: string[] = [];
		let seen: Seen[] = [];
		let hasStarted = false;
		let isEnding = false;
		let isGone = false;
		let answeredAt = now();
		let isSilent = false;
		let timer: NodeJS.Timeout | undefined;
		let looking: Promise<void> | undefined;
		const say = (...events: PartEvent[]) => {
			const at = now();
			if (!isGone) tell(events.map(event => ({at, event})));
		};
		const ask = (command: string) => askRuntime({path: socket}, command, {waitMs: 1000});

		const obey = async () => {
			for (let order = orders[0]; order !== undefined; order = orders[0]) {
				const answer = escapeText((await ask(order)).trim().replace(/\s+/g, ' ')).slice(0, 200);
				orders.shift();
				if (answer !== '') say({type: 'noted', text: phrase('{program} refuses: {why}', {program, why: answer})});
			}
		};

		const look = async () => {
			await obey();
			const [stat = '', states = ''] = (await ask(`show stat; show servers state ${backendName}`)).split(/\n\n/);
			const look = {
				rows: readStat(stat) ?? [],
				administrations: readServerStates(states),
				at: now(),
				usage: usageOf(pid),
			};
			const next = seenIn(look, known);
			if (!next) throw new Error(phrase("it does not answer 'show stat' as HAProxy does"));
			answeredAt = now();
			if (!hasStarted && !isChecked(next) && answeredAt - begunAt < firstChecksMs) return;
			say(...changesBetween(seen, next), tickOf(look, next, algorithm()));
			seen = next;
			if (!hasStarted) say(listening, {type: 'started'});
			hasStarted = true;
			if (isSilent) say({type: 'noted', text: phrase('{program} answers again', {program})});
			isSilent = false;
		};

		const tryLook = () =>
			look().catch((error: Error) => {
				// Not up yet, on its way out, told already, or no news.
				if (!hasStarted || isEnding || isSilent || now() - answeredAt < silentMs) return;
				isSilent = true;
				say({type: 'noted', text: phrase('HAProxy does not answer at its socket: {why}', {why: error.message})});
			});
		/** One at a time: what one has seen the next goes by. */
		const lookNow = async () => {
			clearTimeout(timer);
			looking = (looking ?? Promise.resolve()).then(tryLook);
			const mine = looking;
			await mine;
			if (isGone || mine !== looking) return;
			looking = undefined;
			timer = setTimeout(lookNow, hasStarted ? lookEveryMs : knockEveryMs);
		};
		void lookNow();

		return {
			send: command => {
				orders.push(...ordersOf(command, known));
				if (orders.length > mostOrders) orders.splice(0, orders.length - mostOrders);
				if (hasStarted) void lookNow();
			},
			// What it has counted since the last look.
			beforeEnd: async () => {
				if (hasStarted) await lookNow();
				isEnding = true;
			},
			ended: (exit: Exit) => {
				if (!hasStarted) say(...refusalIn(exit));
				isGone = true;
				clearTimeout(timer);
			},
		};
	};
}

/** What a command is in HAProxy's language; what it cannot do was refused before it came here. */
function ordersOf(command: PartCommand, servers: NamedServer[]): string[] {
	const idOf = (name: string) => servers.find(server => server.name === name)?.id;
	const order = (name: string, change: string) => {
		const id = idOf(name);
		return id === undefined ? [] : [`set server ${backendName}/${id} ${change}`];
	};
	switch (command.type) {
		case 'ready':
		case 'drain':
		case 'maint':
			return order(command.server, `state ${command.type}`);
		case 'weight':
			return order(command.server, `weight ${command.weight}`);
		case 'become':
			// Weights and maintenance stand in its configuration, which has no word for a drain.
			return command.servers.flatMap(({name, administration}) =>
				administration === 'drain' ? order(name, 'state drain') : [],
			);
		default:
			return [];
	}
}
