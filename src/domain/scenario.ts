/** What a scenario has come to: plain data for the screen, the summary and the reports of CI. */

/** A scenario's steps can be played so often in one run: as many incidents as a state keeps. */
export const mostRounds = 100;

/** How far a scenario is. `recovery`: its steps are done, and the steady state is to come back. */
export type ScenarioStage = 'starting' | 'steady-state' | 'steps' | 'recovery' | 'ended';

/**
 * What a scenario had to do or to wait for. `line` is where its file says so. `ok` is null as long as it has not come to
 * it; `times`: how often it was done; `isQuote`: its text is what the file's author says, word for word. An undo that is refused is told, and fails nothing: mostly there was nothing to undo.
 */
export type ScenarioEntry = {
	kind: 'steady-state' | 'step' | 'undo' | 'recovery';
	text: string;
	isQuote?: true;
	line: number;
	ok: boolean | null;
	times: number;
	reason?: string;
};

/** The words of a scenario's author for who watches; empty where there are none. `said`: the last that a step has said. */
export type Lesson = {title: string; watchFor: string; said: string; learn: string};

/** A scenario that is played, and what has come of each of its entries so far. */
export type ScenarioProgress = {
	name: string;
	file: string;
	stage: ScenarioStage;
	entries: ScenarioEntry[];
	/** Where its author has said anything. */
	lesson?: Lesson;
};

/** Whether all that a scenario demands came about; null: it never came to some of it. */
export function scenarioOk({entries}: ScenarioProgress): boolean | null {
	const demanded = entries.filter(({kind}) => kind !== 'undo');
	if (demanded.some(({ok}) => ok === false)) return false;
	return demanded.every(({ok}) => ok === true) ? true : null;
}
