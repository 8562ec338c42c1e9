/**
 * Ends this process once what it said is taken: `process.exit` alone drops what a pipe had no room for, and with it the end
 * of a summary. Who has been asked to go says how long that may take; a reader that is gone is not waited for.
 */
export async function leave(
	code: number | undefined,
	{atMostMs}: {atMostMs?: number | undefined} = {},
): Promise<never> {
	const taken = Promise.all([process.stdout, process.stderr].map(saidOn));
	await (atMostMs === undefined ? taken : Promise.race([taken, new Promise(resolve => setTimeout(resolve, atMostMs))]));
	// Told undefined, Node forgets `process.exitCode`, which says that a report could not be written.
	process.exit(code ?? process.exitCode);
}

/** How long words hold up the end of what was asked to go, by a signal, when nobody reads them. */
export const partingMs = 2000;

function saidOn(stream: NodeJS.WriteStream): Promise<void> {
	stream.on('error', () => {}); // its reader is gone
	return new Promise(resolve => stream.write('', () => resolve()));
}
