import {escapeText} from '../domain/escape.ts';
import {errorSentence} from '../domain/system-error.ts';
import {leave} from '../output/leave.ts';
import {wantedLanguage} from '../words/language.ts';
import {speak, told} from '../words/words.ts';
import {letGoOfClosedTerminal} from './closed-terminal.ts';
import {UsageError} from './option.ts';

/** Runs a program's main; a user's mistake becomes one line on stderr and its exit code, a stack only with LBTOP_DEBUG=1. */
export async function runMain(main: () => Promise<void> | void): Promise<void> {
	letGoOfClosedTerminal();
	// The parts of a lab speak English to it, whatever people read.
	if (!process.connected) await speak(wantedLanguage({argv: process.argv.slice(2), environment: process.env}));
	try {
		await main();
	} catch (error) {
		const message = error instanceof UsageError ? error.message : told(errorSentence(error));
		// What was given, and what stands in files, may hold anything: it must not move the terminal.
		process.stderr.write(`lbtop: ${message.split('\n').map(escapeText).join('\n')}\n`);
		if (process.env.LBTOP_DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`);
		await leave(error instanceof UsageError ? error.exitCode : 1);
	}
}
