/** Plays a scenario on a run: looks whenever something happened or is due, and does what is due. */

import type {Actor, Command, CommandResult} from '../domain/command.ts';
import type {Event, ScenarioTold} from '../domain/event.ts';
import type {Summary} from '../report/summary.ts';
import type {Deed, Performance} from './performance.ts';

/** What a scenario needs of a run. */
type Stage = {
	summary(): Summary;
	now(): number;
	send(command: Command, by: Actor): CommandResult;
	scenarioTold(told: ScenarioTold): void;
	onEvent(listener: (event: Event) => void): void;
	quit(how: {now: boolean}): void;
};

/** Begins by itself when the run's parts are ready; ends the run when it is over. However the run ends, it undoes first. */
export function conduct(performance: Performance, stage: Stage): void {
	let isLooking = false;
	let isOver = false;
	let timer: NodeJS.Timeout | undefined;

	const carryOut = (deeds: Deed[]) => {
		for (const deed of deeds) {
			if (deed.type === 'tell') {
				const {type: _, ...told} = deed;
				stage.scenarioTold({progress: performance.progress(), ...told});
			} else if (deed.type === 'send') carryOut(performance.answered(deed.entry, stage.send(deed.command, 'scenario')));
			else stage.quit({now: false});
		}
	};
	const look = () => {
		clearTimeout(timer);
		carryOut(performance.look(stage.summary(), stage.now()));
		const next = performance.nextAt(stage.now());
		if (next !== undefined && !isOver) timer = setTimeout(look, Math.max(1, next - stage.now()));
	};
	/** Not within the event that it looks at: first everybody else hears of that. Many events at once are one look. */
	const lookSoon = () => {
		if (isLooking) return;
		isLooking = true;
		queueMicrotask(() => {
			if (!isOver) look();
			isLooking = false;
		});
	};
	stage.onEvent(event => {
		if (isOver) return;
		if (event.type !== 'phase-changed' || event.phase !== 'stopping') return lookSoon();
		// This comes before the parts are told to end: what is undone now is still done.
		isOver = true;
		clearTimeout(timer);
		carryOut(performance.interrupt());
	});
}
