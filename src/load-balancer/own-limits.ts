/** How many clients this process has room for, so that it turns clients away before the system or its memory does. */

import {readdirSync} from 'node:fs';
import {getHeapStatistics} from 'node:v8';
import {openFileLimit} from '../open-file-limit.ts';

/** What one client may cost of the heap. */
const heapBytesPerClient = 12 * 1024;

/** The most that V8's young generation takes of the heap's limit: 48 MiB in Node 20, 192 in Node 24, 96 in Node 26. */
const mostYoungBytes = 192 * 1024 * 1024;

/** Files for the log and its rotation, for clients being turned away, and some to spare. */
const spareFiles = 32;

/** For each server: its trunk or first plain connections, and a check. */
const filesPerServer = 4;

/** `filesPerClient`: its own connection, and in connection mode the server's. */
type Crowd = {servers: number; filesPerClient: 1 | 2};

/** How many clients may be let in: as many as the user says (0: says nothing), and never more than there is room for. */
export function mostClients(wanted: number, crowd: Crowd): number {
	const fit = clientsThatFit(crowd);
	return wanted > 0 ? Math.min(wanted, fit) : fit;
}

/** The most clients, as HAProxy computes its `maxconn` from `ulimit -n` and its memory. At least 1. */
function clientsThatFit({servers, filesPerClient}: Crowd): number {
	const byHeap = heapPart(2) / heapBytesPerClient;
	const files = openFiles();
	const freeFiles = files
		? files.limit - files.inUse - spareFiles - servers * filesPerServer
		: Number.POSITIVE_INFINITY;
	return Math.max(1, Math.floor(Math.min(byHeap, freeFiles / filesPerClient)));
}

/** How many bytes of requests may be kept: a quarter of the heap, with what keeping them costs counted in. */
export function requestBytesThatFit(): number {
	return heapPart(4);
}

function heapPart(divisor: number): number {
	return Math.max(1024 * 1024, oldSpaceBytes()) / divisor;
}

/** V8's old generation, where all that lasts is: as large as was asked for, or what is surely left of the heap's limit. */
function oldSpaceBytes(): number {
	const options = [process.env.NODE_OPTIONS, ...process.execArgv].join(' ');
	const asked = [...options.matchAll(/--max[-_]old[-_]space[-_]size[= ](\d+)/g)].at(-1);
	if (asked) return Number(asked[1]) * 1024 * 1024;
	const limit = getHeapStatistics().heap_size_limit;
	return limit - Math.min(mostYoungBytes, limit / 2);
}

function openFiles(): {limit: number; inUse: number} | undefined {
	const limit = openFileLimit();
	return limit === undefined ? undefined : {limit, inUse: readdirSync('/proc/self/fd').length};
}
