/** Collecting what is old now and then, in a part so quiet that V8 would not come to it within an hour. */

import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';

/** It takes some milliseconds, in which the audit falls behind the log, and nobody waits for it. */
const everyMs = 120_000;

/** Goes on as long as the process does, and does not keep it. */
export function collectNowAndThen() {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as () => void;
	setInterval(() => collect(), everyMs).unref();
}
