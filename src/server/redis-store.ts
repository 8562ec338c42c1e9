/** Executed IDs in Redis: one key a message, set by the first that comes. Servers may be on many machines. */

import {createClient} from '@redis/client';
import {errorWords} from '../domain/system-error.ts';
import {phrase} from '../words/words.ts';
import type {ExecutedIds, StoreSettings} from './executed-ids.ts';

/** How long an answer is waited for before the messages are refused. */
const answerMs = 1000;
const connectMs = 3000;
const keptSeconds = 24 * 3600;

/** Connects. Rejects with a sentence when Redis cannot be reached; a connection lost later is made again by itself. */
export async function openRedisStore(url: string, {run, name}: StoreSettings): Promise<ExecutedIds> {
	let hasConnected = false;
	const client = createClient({
		url,
		disableOfflineQueue: true,
		socket: {
			connectTimeout: connectMs,
			reconnectStrategy: (attempts, cause) => (hasConnected ? Math.min(1000, 50 * 2 ** attempts) : cause),
		},
	});
	// Whoever asks while there is no connection is told so; an error that nobody hears would end the process.
	client.on('error', () => {});
	try {
		await client.connect();
		hasConnected = true;
	} catch (error) {
		throw new Error(
			phrase('--dedup {url}: Redis cannot be reached: {why}; start it, or use --dedup shared', {
				...{url: withoutPassword(url), why: errorWords(causeOf(error))},
			}),
		);
	}

	return {
		record: async ids => {
			const pipeline = client.multi();
			for (const id of ids) {
				const key = `lbtop:${run}:${id}`;
				pipeline.set(key, name, {condition: 'NX', expiration: {type: 'EX', value: keptSeconds}}).get(key);
			}
			const replies = (await inTime(pipeline.execAsPipeline())) as unknown as (string | null)[];
			return ids.map((_, index) => {
				const [set, server] = [replies[2 * index], replies[2 * index + 1]];
				if (set === 'OK') return '';
				if (typeof server !== 'string') throw new Error(phrase('Redis forgot what it had just known'));
				return server;
			});
		},
		close: async () => {
			client.destroy();
		},
	};
}

async function inTime<T>(work: Promise<T>): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(
			() => reject(new Error(phrase('Redis has not answered in {time} ms', {time: answerMs}))),
			answerMs,
		);
	});
	try {
		return await Promise.race([work, late]);
	} finally {
		clearTimeout(timer);
	}
}

/** The client wraps what has ended its first attempt. */
function causeOf(error: unknown): unknown {
	return (error as {originalError?: unknown}).originalError ?? error;
}

function withoutPassword(url: string): string {
	return url.replace(/\/\/[^@/]*@/, '//…@');
}
