/** Lends the terminal to another program until it ends, as `system` does: its Ctrl-C and Ctrl-\ are not ours. */

/** What a person presses for the other program reaches the whole foreground job. */
const foreign = ['SIGINT', 'SIGQUIT', 'SIGTSTP', 'SIGCONT'] as const;

/**
 * Runs it with these signals' listeners put aside. Ctrl-C and Ctrl-\ do nothing to us meanwhile; Ctrl-Z stops us with
 * it, so that the shell takes over. Windows has no such signals.
 */
export async function withoutSignals<T>(run: () => Promise<T>): Promise<T> {
	const ignore = () => {};
	if (process.platform === 'win32') return run();
	const aside = foreign.map(signal => ({signal, listeners: process.listeners(signal)}));
	for (const {signal} of aside) {
		process.removeAllListeners(signal);
		if (signal === 'SIGINT' || signal === 'SIGQUIT') process.on(signal, ignore);
	}
	try {
		return await run();
	} finally {
		for (const {signal, listeners} of aside) {
			process.off(signal, ignore);
			for (const listener of listeners) process.on(signal, listener as NodeJS.SignalsListener);
		}
	}
}
