import {readFileSync} from 'node:fs';

/** Linux counts CPU time for programs in hundredths of a second, whatever its own clock is. */
const tickMs = 10;

/** CPU time since its start and resident memory of a process, where the kernel tells (Linux); null: it does not. */
export function usageOf(pid: number): {cpuMs: number | null; rssBytes: number | null} {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		// The second field is the program's name, which may have blanks and brackets in it.
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
		return {
			cpuMs: (Number(fields[11]) + Number(fields[12])) * tickMs,
			rssBytes: kilobytes === undefined ? null : Number(kilobytes) * 1024,
		};
	} catch {
		return {cpuMs: null, rssBytes: null}; // not Linux, or it has ended
	}
}
