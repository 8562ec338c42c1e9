/** How many clients this process has room for, so that it turns clients away before the system or its memory does. */

import {readdirSync, readFileSync} from 'node:fs';
import {getHeapStatistics} from 'node:v8';

/** What one client may cost of the heap, with some of its messages under way. */
const heapBytesPerClient = 12 * 1024;

/** V8's young generation, which the heap's limit includes. */
const youngBytes = 48 * 1024 * 1024;

/** Files for the log and its rotation, for clients being turned away, and some to spare. */
const spareFiles = 32;

/** For each server: its trunk or first plain connections, and a check. */
const filesPerServer = 4;

/** The most clients, as HAProxy computes its `maxconn` from `ulimit -n` and its memory. At least 1. */
export function clientsThatFit({servers}: {servers: number}): number {
	const {heap_size_limit: heapBytes} = getHeapStatistics();
	const byHeap = heapForClients(heapBytes) / heapBytesPerClient;
	const files = openFiles();
	const byFiles = files ? files.limit - files.inUse - spareFiles - servers * filesPerServer : byHeap;
	return Math.max(1, Math.floor(Math.min(byHeap, byFiles)));
}

/** The part of the heap that may be filled by clients and what they ask. */
export function heapForClients(heapBytes: number): number {
	return Math.max(0, heapBytes - youngBytes) / 2;
}

/** undefined where the system does not say (it is not Linux): then the memory alone counts. */
function openFiles(): {limit: number; inUse: number} | undefined {
	try {
		const limit = Number(/^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'latin1'))?.[1]);
		return limit > 0 ? {limit, inUse: readdirSync('/proc/self/fd').length} : undefined;
	} catch {
		return undefined;
	}
}
