/** The log reader as a thread of its own, so that neither a large file nor a slow expression holds up a key. */

import {parentPort, workerData} from 'node:worker_threads';
import {openLogReader} from './log-reader.ts';
import type {FromReader, ReaderData, ToReader} from './reader-messages.ts';

const {file, numbers} = workerData as ReaderData;
const reader = openLogReader(file, numbers);
const wanted = new Set<number>();
const say = (message: FromReader) => parentPort!.postMessage(message);

say({type: 'ready'});
parentPort!.on('message', async (message: ToReader) => {
	const {id} = message;
	if (message.type === 'cancel') {
		wanted.delete(id);
		return;
	}
	wanted.add(id);
	try {
		const answer = await reader.answer(message.request, {
			onPart: part => say({type: 'part', id, part}),
			isWanted: () => wanted.has(id),
		});
		say({type: 'answer', id, answer, numbers: reader.numbers()});
	} catch (error) {
		say({type: 'failed', id, why: (error as NodeJS.ErrnoException).code ?? (error as Error).message});
	} finally {
		wanted.delete(id);
	}
});
