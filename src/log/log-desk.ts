/** Where to ask about the log: hands what is asked to the reader's thread, which is begun when first needed. */

import {Worker} from 'node:worker_threads';
import {type LogAnswer, type LogDesk, type LogPart, type LogRequest, stuckCode} from '../domain/log-reading.ts';
import type {VolumeNumbers} from './log-volumes.ts';
import type {FromReader, ReaderData, ToReader} from './reader-messages.ts';

/** `program`: the reader's own file. */
type DeskSettings = {file: string; program: string};

type Waiting = {
	onPart(part: LogPart): void;
	settle(answer: LogAnswer | undefined): void;
	fail(error: Error): void;
};

/** A thread that says nothing for so long while it is asked is stuck in an expression; it is ended. */
const patienceMs = 3000;

/** The reader keeps a block and a page in memory, not the file. */
const mostHeapMb = 96;

export function openLogDesk({file, program}: DeskSettings): LogDesk {
	let worker: Worker | undefined;
	let numbers: VolumeNumbers = [];
	let next = 0;
	let watch: NodeJS.Timeout | undefined;
	let isClosed = false;
	/** A thread that is only beginning is not stuck, however busy the machine. */
	let isReady = false;
	/** Asked and not answered by the thread, cancelled or not. */
	const waiting = new Map<number, Waiting>();

	const begin = (): Worker => {
		isReady = false;
		const workerData: ReaderData = {file, numbers};
		const begun = new Worker(program, {workerData, resourceLimits: {maxOldGenerationSizeMb: mostHeapMb}});
		begun.unref();
		begun.on('message', (message: FromReader) => worker === begun && hear(message));
		begun.on('error', error => worker === begun && end((error as NodeJS.ErrnoException).code ?? error.message));
		return begun;
	};
	const say = (message: ToReader) => {
		worker ??= begin();
		worker.postMessage(message);
	};
	const hear = (message: FromReader) => {
		if (message.type === 'ready') {
			isReady = true;
			if (waiting.size > 0) beat();
			return;
		}
		const one = waiting.get(message.id);
		beat();
		if (message.type === 'part') {
			one?.onPart(message.part);
			return;
		}
		waiting.delete(message.id);
		if (waiting.size === 0) clearTimeout(watch);
		if (message.type === 'failed') {
			one?.fail(new Error(message.why));
			return;
		}
		numbers = message.numbers;
		one?.settle(message.answer);
	};
	const beat = () => {
		clearTimeout(watch);
		if (!isReady) return;
		watch = setTimeout(() => end(stuckCode), patienceMs);
		watch.unref();
	};
	/** The thread is given up; whoever waits is told why, and the next question begins another. */
	const end = (why: string) => {
		clearTimeout(watch);
		void worker?.terminate();
		worker = undefined;
		for (const one of waiting.values()) one.fail(new Error(why));
		waiting.clear();
	};

	return {
		ask: <R extends LogRequest>(request: R, onPart: (part: LogPart) => void = () => {}) => {
			const id = next++;
			let cancel = () => {};
			const answer = new Promise<LogAnswer | undefined>((settle, fail) => {
				if (isClosed) {
					settle(undefined);
					return;
				}
				cancel = () => {
					const one = waiting.get(id);
					if (!one) return;
					Object.assign(one, {onPart: () => {}, settle: () => {}, fail: () => {}});
					say({type: 'cancel', id});
					settle(undefined);
				};
				waiting.set(id, {onPart, settle, fail});
				beat();
				say({type: 'ask', id, request});
			});
			return {answer: answer as Promise<LogAnswer<R['type']> | undefined>, cancel: () => cancel()};
		},
		close: () => {
			isClosed = true;
			for (const one of waiting.values()) one.settle(undefined);
			waiting.clear();
			end('closed');
		},
	};
}
