/**
 * The last of the run's processes: a small shell that reads which process groups live from a pipe and, when the pipe
 * ends because lbtop is gone, however it went, kills those that are left. It catches what cannot notice by itself:
 * a paused part, a user's command, one that ignores SIGTERM.
 */

import {spawn} from 'node:child_process';
import {Socket} from 'node:net';

type Reaper = {
	watch(pid: number): void;
	forget(pid: number): void;
	/** Ends the reaper; call when every watched process is gone. May be called twice. Settles when it is gone itself. */
	close(): Promise<void>;
};

/** `-s KILL --` is POSIX's spelling; dash, for one, refuses `-KILL --`. */
const script = `
trap '' INT TERM HUP QUIT TSTP
list=' '
while read -r sign pid; do
	case $sign in
		+) list="$list$pid " ;;
		-) case $list in *" $pid "*) list="\${list%%" $pid "*} \${list#*" $pid "}" ;; esac ;;
	esac
done
for pid in $list; do kill -s KILL -- "-$pid" 2>/dev/null; done
`;

/** The reaper; its shell starts with the first process to watch. On Windows there is none: parts end by their channel. */
export function createReaper(): Reaper {
	let shell: ReturnType<typeof startShell> | undefined;
	let isOpen = process.platform !== 'win32';
	return {
		watch: pid => {
			if (!isOpen) return;
			shell ??= startShell();
			shell.stdin.write(`+ ${pid}\n`);
		},
		forget: pid => {
			if (isOpen) shell?.stdin.write(`- ${pid}\n`);
		},
		close: async () => {
			isOpen = false;
			if (!shell) return;
			shell.ref();
			shell.stdin.end();
			await shell.gone;
		},
	};
}

function startShell() {
	const shell = spawn('/bin/sh', ['-c', script, 'lbtop-reaper'], {
		detached: true,
		stdio: ['pipe', 'ignore', 'ignore'],
		cwd: '/',
	});
	// Without a reaper (no /bin/sh, no more processes) the parts still end by their channel: worth no abort.
	shell.on('error', () => {});
	shell.stdin.on('error', () => {});
	shell.unref();
	if (shell.stdin instanceof Socket) shell.stdin.unref();
	const gone = new Promise<void>(resolve => {
		shell.once('exit', () => resolve());
		shell.once('error', () => resolve());
	});
	return Object.assign(shell, {gone});
}
