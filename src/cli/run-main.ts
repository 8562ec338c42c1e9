import {UsageError} from './option.ts';

/** Runs a program's main; a user's mistake becomes one line on stderr and its exit code, a stack only with LBTOP_DEBUG=1. */
export async function runMain(main: () => Promise<void> | void): Promise<void> {
	try {
		await main();
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		process.stderr.write(`lbtop: ${message}\n`);
		if (process.env.LBTOP_DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`);
		process.exit(error instanceof UsageError ? error.exitCode : 1);
	}
}
