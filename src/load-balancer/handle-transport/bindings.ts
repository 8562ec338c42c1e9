/**
 * What Node's sockets are made of, outside of its documented API: TCP handles and the requests made of them, as they
 * are in Node 20 to 26. A call with a wrong argument may end the process, so every Node is looked at before it is used.
 */

import {getSystemErrorName} from 'node:util';

/** A TCP handle. What gives a number gives 0, or one of libuv's error numbers, below 0. */
export type Handle = {
	/** How much came is in `streamBaseState`. Gives where to read to from now on, or undefined. */
	onread: (this: Handle) => Uint8Array | undefined;
	readStart(): number;
	readStop(): number;
	/** What it reads goes here from now on, which the caller keeps alive. May be called once. */
	useUserBuffer(bytes: Uint8Array): void;
	/** Tries at once; the request is only used for what the system does not take. The caller keeps the bytes alive. */
	writeBuffer(request: Request, bytes: Uint8Array): number;
	writev(request: Request, pieces: Uint8Array[], areBuffers: true): number;
	writeLatin1String(request: Request, text: string): number;
	readonly writeQueueSize: number;
	shutdown(request: Request): number;
	connect(request: Request, address: string, port: number): number;
	connect6(request: Request, address: string, port: number): number;
	setNoDelay(on: boolean): number;
	getpeername(end: EndName): number;
	getsockname(end: EndName): number;
	/** No `close` helps after one that failed: it fails while a shutdown is under way. */
	reset(): number;
	close(): void;
};

/** One end of a connection. */
export type EndName = {address?: string; port?: number};

/** Something that was asked of the kernel; told when it is done, below 0 with an error. */
export type Request = {oncomplete: (status: number) => void};

/** Those of Node's own parts that the transport uses; see lib/net.js and src/tcp_wrap.cc in Node. */
export type Bindings = {
	TCP: new (kind: number) => Handle;
	TCPConnectWrap: new () => Request;
	WriteWrap: new () => Request;
	ShutdownWrap: new () => Request;
	constants: {SOCKET: number};
	/** What the last call said beside its result, at these places. */
	streamBaseState: Int32Array;
	kReadBytesOrError: number;
	kBytesWritten: number;
	kLastWriteWasAsync: number;
};

/** libuv's error number for the end of what the peer says. */
export const endOfFile = -4095;

/** The newest Node that this was tried with. */
const newestMajor = 26;

/** The bindings, or in a few words why there are none. */
export function loadBindings(): Bindings | string {
	if (Number(process.versions.node.split('.', 1)[0]) > newestMajor) return `not tried with Node ${process.version} yet`;
	try {
		const {binding} = process as unknown as {binding(name: string): Partial<Bindings>};
		const bindings = {...binding('tcp_wrap'), ...binding('stream_wrap')};
		const missing = missingOf(bindings);
		return missing.length === 0 ? (bindings as Bindings) : `Node ${process.version} has no ${missing.join(', ')}`;
	} catch (error) {
		// For one, Node's permission model forbids it.
		return (error as Error).message;
	}
}

const places = ['kReadBytesOrError', 'kBytesWritten', 'kLastWriteWasAsync'] as const;
const requests = ['TCPConnectWrap', 'WriteWrap', 'ShutdownWrap'] as const;
const methods = [
	...[
		'readStart',
		'readStop',
		'useUserBuffer',
		'writeBuffer',
		'writeLatin1String',
		'writev',
		'shutdown',
		'connect',
		'connect6',
	],
	...['setNoDelay', 'getpeername', 'getsockname', 'reset', 'close'],
];

function missingOf(bindings: Partial<Bindings>): string[] {
	const {TCP, constants, streamBaseState} = bindings;
	if (typeof TCP !== 'function' || typeof constants?.SOCKET !== 'number') return ['TCP handles'];
	const handle = new TCP(constants.SOCKET) as unknown as Record<string, unknown> & Handle;
	handle.close();
	return [
		...methods.filter(name => typeof handle[name] !== 'function'),
		...requests.filter(name => typeof bindings[name] !== 'function'),
		...places.filter(name => streamBaseState?.[bindings[name] ?? -1] === undefined),
		...('writeQueueSize' in handle ? [] : ['writeQueueSize']),
	];
}

/** libuv's error number as Node's sockets would tell it. */
export function errorOf(number: number, call: string): NodeJS.ErrnoException {
	const code = getSystemErrorName(number);
	return Object.assign(new Error(`${call} ${code}`), {code, errno: number, syscall: call});
}
