import {readFileSync} from 'node:fs';

/** True while the process exists; a zombie does not count. */
export function isAlive(pid: number): boolean {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		return stat[stat.lastIndexOf(')') + 2] !== 'Z';
	} catch {
		return false; // no such process
	}
}
