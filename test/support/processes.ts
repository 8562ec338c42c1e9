import {readdirSync, readFileSync} from 'node:fs';

/** True while the process exists; a zombie does not count. */
export function isAlive(pid: number): boolean {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		return stat[stat.lastIndexOf(')') + 2] !== 'Z';
	} catch {
		return false; // no such process
	}
}

/** Direct children of a process, from /proc: works for process groups of their own, too. */
export function childrenOf(parent: number): {pid: number; line: string}[] {
	const found: {pid: number; line: string}[] = [];
	for (const name of readdirSync('/proc').filter(entry => /^\d+$/.test(entry))) {
		try {
			const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
			const [state, ppid] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
			if (Number(ppid) !== parent || state === 'Z') continue;
			found.push({pid: Number(name), line: readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ')});
		} catch {
			// It ended between the listing and the look.
		}
	}
	return found;
}

/** The same with their children's children, and so on: what a shell started, too. */
export function descendantsOf(ancestor: number): {pid: number; line: string}[] {
	return childrenOf(ancestor).flatMap(child => [child, ...descendantsOf(child.pid)]);
}
