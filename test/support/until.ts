/**
 * Waits for a condition, never for a time: looks again every few milliseconds, fails with what was awaited. `looks`: so often
 * at the most, for what must be soon. That is a time as this process has it: what the machine takes from everybody is not counted.
 */
export async function until<T>(
	condition: () => T | Promise<T>,
	{
		ms = 20_000,
		looks = Number.POSITIVE_INFINITY,
		what = String(condition),
	}: {ms?: number; looks?: number; what?: string | (() => string)} = {},
): Promise<NonNullable<Exclude<T, false>>> {
	const end = performance.now() + ms;
	for (let look = 1; ; look++) {
		const value = await condition();
		if (value) return value as NonNullable<Exclude<T, false>>;
		if (performance.now() > end || look >= looks)
			throw new Error(
				`not so within ${look >= looks ? `${looks} looks` : `${ms} ms`}: ${typeof what === 'function' ? what() : what}`,
			);
		await new Promise(resolve => setTimeout(resolve, 5));
	}
}
