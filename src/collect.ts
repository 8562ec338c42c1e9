/**
 * Collecting all that is old now and then. V8 comes to it by itself within an hour or never in a part that is quiet; in one
 * that is busy it leaves what lives strewn over pages that it then keeps, and both look like a leak.
 */

import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';

const everyMs = 120_000;

/**
 * Goes on as long as the process does, and does not keep it. It takes some tens of milliseconds: for programs through which
 * no message goes.
 */
export function collectNowAndThen() {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as () => void;
	setInterval(() => collect(), everyMs).unref();
}
