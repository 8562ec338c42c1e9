/** Each client's connection is an open file, and a system allows a process only so many. */

import {openFileLimit} from '../open-file-limit.ts';
import {phrase} from '../words/words.ts';

/** For the log, the channel to the lab, the event loop, and connections that are closing while others open. */
const spareFiles = 64;

/** Throws an Error (code EMFILE) that says what to do, when `clients` connections are more than this process may open. */
export function needOpenFiles(clients: number, limit = openFileLimit()): void {
	const needed = clients + spareFiles;
	if (limit === undefined || needed <= limit) return;
	const message = phrase(
		"{clients} clients need {needed} open files, but this process may have {limit}; allow more with 'ulimit -Hn {needed}' (as root) or in /etc/security/limits.conf, or take at most --clients {most}",
		{clients, needed, limit, most: Math.max(1, limit - spareFiles)},
	);
	throw Object.assign(new Error(message), {code: 'EMFILE'});
}
