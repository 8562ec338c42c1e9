/** How a run's process ends: signals ask for it, the outcome decides the exit code. */

import type {Summary} from '../report/summary.ts';
import type {Outcome, Session} from '../session.ts';

const signalCodes = {SIGHUP: 129, SIGINT: 130, SIGTERM: 143} as const;
type EndingSignal = keyof typeof signalCodes;

/** The first signal ends the run gently, a second at once. The returned question tells which signal it was. */
export function endOnSignals(session: Pick<Session, 'quit'>): () => EndingSignal | undefined {
	let first: EndingSignal | undefined;
	for (const signal of Object.keys(signalCodes) as EndingSignal[])
		process.on(signal, () => {
			session.quit({now: first !== undefined});
			first ??= signal;
		});
	return () => first;
}

/** The exit code, with the reason on stderr where the run could not start. */
export function exitCodeOf(
	outcome: Outcome,
	{checks, lost, scenario}: Summary,
	signal: EndingSignal | undefined,
): number {
	if (outcome.type === 'could-not-start') {
		print(process.stderr, `lbtop: ${outcome.reason}`);
		return 4;
	}
	if (signal) return signalCodes[signal];
	const unmet = checks.filter(({ok}) => ok !== true);
	for (const {expr, ok, value} of unmet)
		print(
			process.stderr,
			`lbtop: check ${ok === null ? 'cannot be judged' : 'failed'}: ${expr} (is ${value ?? 'unknown'})`,
		);
	const undone = (scenario?.entries ?? []).filter(({kind, ok}) => kind !== 'undo' && ok !== true);
	for (const {kind, text, line, reason, ok} of undone)
		print(
			process.stderr,
			`lbtop: ${scenario?.file}:${line}: ${kind} ${ok === null ? 'was not come to' : 'failed'}: ${text}${reason ? ` (${reason})` : ''}`,
		);
	if (lost)
		print(process.stderr, `lbtop: ${lost} messages were ACKed and executed by no server; lbtop verify names them`);
	return lost || unmet.length > 0 || undone.length > 0 ? 3 : 0;
}

/** One line to a stream whose reader may have gone (a closed terminal, `| head`): that ends no run by itself. */
export function print(stream: NodeJS.WriteStream, text: string): void {
	if (!deaf.has(stream)) {
		deaf.add(stream);
		stream.on('error', () => {});
	}
	stream.write(`${text}\n`);
}

const deaf = new WeakSet<NodeJS.WriteStream>();
