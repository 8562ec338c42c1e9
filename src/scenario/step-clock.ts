/** When each step of a scenario is due, in ms since the steps began. Pure but for what it remembers: time is an argument. */

import type {Check} from '../report/checks.ts';
import type {PreparedStep} from './prepare.ts';

/** `overdue`: what it waited for did not come in time; it is not done, and the steps after it go on. */
type Happened = {type: 'done' | 'overdue'; index: number};

type StepClock = {
	look(nowMs: number, holds: (check: Check) => boolean): Happened[];
	isDone(): boolean;
	/** When the next is due by time alone; undefined: none is. */
	nextMs(nowMs: number): number | undefined;
};

/** `firstMs`: when it was first done, or given up: from then the step after it counts. */
type Standing = {times: number; isOver: boolean; firstMs?: number};

export function createStepClock(steps: PreparedStep[]): StepClock {
	const standings: Standing[] = steps.map(() => ({times: 0, isOver: false}));

	/** When a step's time has come; undefined: nobody knows yet. */
	const dueMs = (index: number): number | undefined => {
		const step = steps[index]!;
		const {times} = standings[index]!;
		if (step.atMs !== undefined) return step.atMs + times * (step.everyMs ?? 0);
		const before = index === 0 ? 0 : standings[index - 1]!.firstMs;
		if (before === undefined) return undefined;
		// The first of many comes after the pause, as the word says.
		return before + step.afterMs + (step.everyMs === undefined ? 0 : (times + 1) * step.everyMs);
	};

	const lookAt = (index: number, nowMs: number, holds: (check: Check) => boolean): Happened[] => {
		const step = steps[index]!;
		const standing = standings[index]!;
		const happened: Happened[] = [];
		for (;;) {
			const due = dueMs(index);
			if (standing.isOver || due === undefined || nowMs < due) return happened;
			if ((step.untilMs !== undefined && due > step.untilMs) || (step.untilCheck && holds(step.untilCheck))) {
				standing.isOver = true;
				standing.firstMs ??= due;
				// It ended before it was ever due: what was asked for, nothing to do.
				if (standing.times === 0) happened.push({type: 'done', index});
				return happened;
			}
			const isHere = step.when === undefined || holds(step.when);
			if (!isHere && nowMs - due < step.withinMs) return happened;
			standing.times++;
			standing.firstMs ??= nowMs;
			standing.isOver = step.everyMs === undefined;
			happened.push({type: isHere ? 'done' : 'overdue', index});
		}
	};

	return {
		look: (nowMs, holds) => steps.flatMap((_, index) => lookAt(index, nowMs, holds)),
		isDone: () => standings.every(({isOver}) => isOver),
		nextMs: nowMs => {
			const nexts = steps.flatMap(({withinMs}, index) => {
				const due = standings[index]!.isOver ? undefined : dueMs(index);
				return due === undefined ? [] : [due, due + withinMs].filter(next => next > nowMs);
			});
			return nexts.length === 0 ? undefined : Math.min(...nexts);
		},
	};
}
