/** What the operating system, libuv and Node say with a code (`ENOENT`), in plain sentences that keep the code. */

import {phrase} from '../words/words.ts';

/** One sentence a code, which stands at its end. */
const sentences = [
	phrase('permission denied (EACCES)'),
	phrase('the address is in use (EADDRINUSE)'),
	phrase('this machine has no such address (EADDRNOTAVAIL)'),
	phrase('addresses of this kind are not known here (EAFNOSUPPORT)'),
	phrase('not possible at this moment (EAGAIN)'),
	phrase('name not found for now (EAI_AGAIN)'),
	phrase('it is closed already (EBADF)'),
	phrase('it is in use (EBUSY)'),
	phrase('connection broken off (ECONNABORTED)'),
	phrase('connection refused (ECONNREFUSED)'),
	phrase('connection reset (ECONNRESET)'),
	phrase('no more room is allowed on this disk (EDQUOT)'),
	phrase('it exists already (EEXIST)'),
	phrase('the file would be too large (EFBIG)'),
	phrase('host unreachable (EHOSTUNREACH)'),
	phrase('not possible there (EINVAL)'),
	phrase('reading or writing failed (EIO)'),
	phrase('it is a folder (EISDIR)'),
	phrase('its links lead in a circle (ELOOP)'),
	phrase('too many open files (EMFILE)'),
	phrase('its name is too long (ENAMETOOLONG)'),
	phrase('the network is down (ENETDOWN)'),
	phrase('network unreachable (ENETUNREACH)'),
	phrase('too many open files on this machine (ENFILE)'),
	phrase('no room for more connections (ENOBUFS)'),
	phrase('there is no such device (ENODEV)'),
	phrase('no such file or folder (ENOENT)'),
	phrase('it is no program (ENOEXEC)'),
	phrase('not enough memory (ENOMEM)'),
	phrase('the disk is full (ENOSPC)'),
	phrase('this system cannot do that (ENOSYS)'),
	phrase('there is no connection (ENOTCONN)'),
	phrase('its folder is no folder (ENOTDIR)'),
	phrase('the folder is not empty (ENOTEMPTY)'),
	phrase('name not found (ENOTFOUND)'),
	phrase('it is no socket (ENOTSOCK)'),
	phrase('that is not supported there (ENOTSUP)'),
	phrase('it is no terminal (ENOTTY)'),
	phrase('nobody is at its other end (ENXIO)'),
	phrase('not permitted (EPERM)'),
	phrase('its other end is closed (EPIPE)'),
	phrase('the other side does not follow the protocol (EPROTO)'),
	phrase('the disk is read-only (EROFS)'),
	phrase('there is no such process (ESRCH)'),
	phrase('the file is gone from its server (ESTALE)'),
	phrase('connection timed out (ETIMEDOUT)'),
	phrase('the program is running (ETXTBSY)'),
	phrase('it is on another disk (EXDEV)'),
	phrase('the file is too large (ERR_FS_FILE_TOO_LARGE)'),
	phrase('it is no name that a file can have (ERR_INVALID_ARG_VALUE)'),
	phrase('it is not installed (ERR_MODULE_NOT_FOUND)'),
	phrase('it took too much memory (ERR_WORKER_OUT_OF_MEMORY)'),
];

const byCode = new Map(sentences.map(sentence => [/\((\w+)\)$/.exec(sentence)![1]!, sentence]));

/** What a code means, in English; one that is not in the table is left as it came. */
export function codeWords(code: string): string {
	return byCode.get(code) ?? code;
}

type SystemError = Error & {
	code?: string;
	syscall?: string;
	path?: string;
	hostname?: string;
	address?: string;
	port?: number;
};

/**
 * Why something failed, in a few English words, for a sentence that says on what. The system's own message is given
 * only where its code is not in the table; an error that was made with a sentence of ours keeps it.
 */
export function errorWords(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const {code, message} = error as SystemError;
	return (isOfSystem(error) ? byCode.get(code ?? '') : undefined) ?? (message || code || 'UNKNOWN');
}

/** The same as a whole sentence, with what was being done: for who only knows that something failed. */
export function errorSentence(error: unknown): string {
	const why = errorWords(error);
	if (!isOfSystem(error) || why === error.message) return why;
	const {syscall = '', path, hostname = '', address = hostname, port} = error as SystemError;
	const place = path ?? (port === undefined ? address : `${address}:${port}`);
	return phrase("the system refused '{call}': {why}", {call: `${syscall} ${place}`.trim(), why});
}

/** Errors of the system name their call; Node's own have codes that begin so; those of several addresses say nothing. */
function isOfSystem(error: unknown): error is SystemError {
	if (!(error instanceof Error)) return false;
	const {code = '', syscall, message} = error as SystemError;
	return syscall !== undefined || code.startsWith('ERR_') || message === '';
}
