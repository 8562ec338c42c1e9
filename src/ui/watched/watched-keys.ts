/** The table of keys over a balancer that runs elsewhere: what changes it is asked first, what needs a lab says so. */

import type {Administration} from '../../domain/status.ts';
import {t} from '../../words/words.ts';
import {type KeyContext, type KeyRow, selectedPart, viewAct} from '../keymap/key-row.ts';
import {isLost} from './units.ts';

/** Rows that need a lab: processes, load, faults. */
const labRows = new Set<string>([
	...['stop', 'kill', 'start', 'restart', 'kill-restart', 'pause', 'add-server', 'inject', 'undo'],
	...['faster', 'slower', 'algorithm'],
]);

/** Rows that tell the balancer something about a server. */
const hands = new Set<string>(['drain', 'maint', 'ready'] satisfies Administration[]);

/** The rows with their acts and refusals as they are here. */
export function watchedKeys(keymap: KeyRow[]): KeyRow[] {
	return keymap.map(row => {
		if (labRows.has(row.name)) return {...row, refusal: ({live}) => elsewhere(live.balancer.name)};
		if (row.name === 'save') return {...row, refusal: () => t('there is no run of ours here to report on')};
		if (row.name === 'weight') return {...row, refusal};
		return hands.has(row.name) ? {...row, refusal, act: context => asked(row.name, context)} : row;
	});
}

function elsewhere(program: string): string {
	return t('{program} runs elsewhere: it can be told drain, maint, ready and weight, nothing else', {program});
}

function refusal(context: KeyContext): string | undefined {
	const {id, name} = selectedPart(context);
	const {live} = context;
	if (!live.servers.some(server => server.id === id)) return t('{name} is no server', {name});
	return isLost(live)
		? t('{program} does not answer: it can be told nothing until it does', {program: live.balancer.name})
		: undefined;
}

/** Whoever drains a balancer at work by a slip of the finger is asked first. */
function asked(type: string, context: KeyContext) {
	const {id} = selectedPart(context);
	const question = t("'set server {server} state {state}' to the {program} at work?", {
		...{server: id, state: type, program: context.live.balancer.name},
	});
	const commands = [{type: type as Administration, part: id}];
	return viewAct({type: 'confirm', dialog: {question, commands, isYes: false}});
}
