/** Ctrl-Z and back: the terminal is given back to the shell while lbtop is stopped, and taken again when it goes on. */

import {t} from '../../words/words.ts';
import {withoutSignals} from './lending.ts';
import type {Terminal} from './terminal.ts';

/** How long to wait for being stopped: where no shell could take over, the kernel ignores the wish. */
const stopMs = 200;

type Settings = {terminal: Terminal; onLeave: () => void; onBack: () => void; platform?: NodeJS.Platform};

type Suspension = {
	/** Stops the whole foreground job, as the terminal's own Ctrl-Z would; the parts, in groups of their own, go on. */
	suspend(): void;
	/** Why it cannot be done here. */
	refusal?: string;
	/** Gives the terminal to another program until it ends. */
	lend<T>(run: () => Promise<T>): Promise<T>;
	close(): void;
};

export function createSuspension({terminal, onLeave, onBack, platform = process.platform}: Settings): Suspension {
	let timer: NodeJS.Timeout | undefined;
	let isAway = false;

	const back = () => {
		clearTimeout(timer);
		isAway = false;
		if (platform !== 'win32') {
			process.off('SIGTSTP', suspend);
			process.on('SIGTSTP', suspend);
		}
		// After a SIGSTOP from elsewhere the modes are whatever the shell left: leaving first makes entering set them all.
		terminal.leave();
		terminal.enter();
		onBack();
	};
	const suspend = () => {
		if (isAway) return;
		isAway = true;
		onLeave();
		terminal.leave();
		// Without a listener the signal does what it does to any program.
		process.off('SIGTSTP', suspend);
		process.kill(0, 'SIGTSTP');
		timer = setTimeout(back, stopMs);
	};
	const lend: Suspension['lend'] = async run => {
		isAway = true;
		onLeave();
		terminal.leave();
		try {
			return await withoutSignals(run);
		} finally {
			if (isAway) back();
		}
	};
	if (platform === 'win32')
		return {suspend() {}, refusal: t('suspending is n/a on Windows: it has no SIGTSTP'), lend, close() {}};
	process.on('SIGTSTP', suspend);
	process.on('SIGCONT', back);
	return {
		suspend,
		lend,
		close: () => {
			clearTimeout(timer);
			isAway = false;
			process.off('SIGTSTP', suspend);
			process.off('SIGCONT', back);
		},
	};
}
