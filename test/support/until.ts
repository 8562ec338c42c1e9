/** Waits for a condition, never for a time: looks again every few milliseconds, fails with what was awaited. */
export async function until<T>(
	condition: () => T | Promise<T>,
	{ms = 20_000, what = String(condition)}: {ms?: number; what?: string | (() => string)} = {},
): Promise<NonNullable<Exclude<T, false>>> {
	const end = performance.now() + ms;
	for (;;) {
		const value = await condition();
		if (value) return value as NonNullable<Exclude<T, false>>;
		if (performance.now() > end)
			throw new Error(`not so within ${ms} ms: ${typeof what === 'function' ? what() : what}`);
		await new Promise(resolve => setTimeout(resolve, 5));
	}
}
