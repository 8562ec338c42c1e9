/** Pseudo-terminals, for what is measured on a screen. Says so where they are not installed, and gives undefined. */
export async function importPty() {
	const pty = await import('@lydell/node-pty').catch(() => undefined);
	if (pty === undefined) console.log('skipped: @lydell/node-pty is not installed, run npm install');
	return pty;
}
