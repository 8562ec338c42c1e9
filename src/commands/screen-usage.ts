import {UsageError} from '../cli/option.ts';

/** What the screen cannot make of its options (keys that are taken twice) is a mistake of the user's. */
export function settingsOf<T>(read: () => T): T {
	try {
		return read();
	} catch (error) {
		throw new UsageError((error as Error).message);
	}
}
