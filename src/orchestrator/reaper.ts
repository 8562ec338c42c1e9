/**
 * The last of the run's processes: a small shell that reads which process groups live from a pipe and, when the pipe
 * ends because lbtop is gone, however it went, kills those that are left. It catches what cannot notice by itself:
 * a paused part, a user's command, one that ignores SIGTERM.
 */

import {spawn} from 'node:child_process';

export type Reaper = {
	/** The reaper's own process, so that it can be told from the run's parts. */
	pid: number | undefined;
	watch(pid: number): void;
	forget(pid: number): void;
	/** Lets the reaper end; call when every watched process is gone. May be called twice. */
	close(): void;
};

const script = `
trap '' INT TERM HUP QUIT TSTP
list=' '
while read -r sign pid; do
	case $sign in
		+) list="$list$pid " ;;
		-) case $list in *" $pid "*) list="\${list%%" $pid "*} \${list#*" $pid "}" ;; esac ;;
	esac
done
for pid in $list; do kill -KILL -- "-$pid" 2>/dev/null || kill -KILL "$pid" 2>/dev/null; done
`;

/** Starts the reaper. On Windows there is no such shell: there parts end by their channel alone. */
export function startReaper(): Reaper {
	if (process.platform === 'win32') return {pid: undefined, watch() {}, forget() {}, close() {}};
	const shell = spawn('/bin/sh', ['-c', script, 'lbtop-reaper'], {
		detached: true,
		stdio: ['pipe', 'ignore', 'ignore'],
		cwd: '/',
	});
	// Without a reaper (no /bin/sh, no more processes) the parts still end by their channel: worth no abort.
	shell.on('error', () => {});
	shell.stdin.on('error', () => {});
	shell.unref();
	(shell.stdin as unknown as {unref?(): void}).unref?.();
	let open = true;
	const tell = (line: string) => {
		if (open) shell.stdin.write(line);
	};
	return {
		pid: shell.pid,
		watch: pid => tell(`+ ${pid}\n`),
		forget: pid => tell(`- ${pid}\n`),
		close: () => {
			open = false;
			shell.stdin.end();
		},
	};
}
