/** What a check of the run came to. Checks themselves, expressions over the summary, are `report/checks.ts`. */

/** `ok` is null when a value is unknown; `value` is what the path led to. `stopped`: it ended the run. */
export type CheckResult = {expr: string; ok: boolean | null; value: unknown; stopped?: true};
