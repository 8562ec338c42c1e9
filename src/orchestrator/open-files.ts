import {readdir, stat} from 'node:fs/promises';

/** How many files and sockets a process has open, where the kernel tells (Linux); null: it does not, or the process is gone. */
export async function openFilesOf(pid: number): Promise<number | null> {
	const folder = `/proc/${pid}/fd`;
	try {
		// Since Linux 6.2 the folder's size is the count: a client manager with 20,000 sockets costs one call.
		const {size} = await stat(folder);
		return size > 0 ? size : (await readdir(folder)).length;
	} catch {
		return null; // not Linux, not ours, or it has ended
	}
}
