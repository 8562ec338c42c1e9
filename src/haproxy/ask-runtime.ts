import {createConnection} from 'node:net';
import {errorWords} from '../domain/system-error.ts';
import {phrase} from '../words/words.ts';
import type {RuntimePlace} from './runtime-place.ts';

/** `waitMs`: for the whole answer; `mostBytes`: what a longer one is not read beyond. */
type Bounds = {waitMs?: number; mostBytes?: number};

/** Asks one command over a connection of its own. Rejects with a sentence where no whole answer comes. */
export function askRuntime(
	place: RuntimePlace,
	command: string,
	{waitMs = 3000, mostBytes = 16_000_000}: Bounds = {},
): Promise<string> {
	return new Promise((resolve, reject) => {
		const socket = createConnection(place);
		const chunks: Buffer[] = [];
		let bytes = 0;
		const finish = (settle: () => void) => {
			clearTimeout(timer);
			socket.destroy();
			settle();
		};
		const fail = (why: string) => finish(() => reject(new Error(why)));
		const timer = setTimeout(() => fail(phrase('no answer within {seconds} s', {seconds: waitMs / 1000})), waitMs);
		socket.on('error', error => fail(errorWords(error)));
		// Half-closed: a master socket ends the conversation only then.
		socket.on('connect', () => socket.end(`${command}\n`));
		socket.on('data', (chunk: Buffer) => {
			bytes += chunk.length;
			if (bytes > mostBytes) return fail(phrase('its answer is too long'));
			chunks.push(chunk);
		});
		socket.on('end', () => finish(() => resolve(Buffer.concat(chunks).toString('utf8'))));
		socket.on('close', () => fail(phrase('it closed the connection before it had answered')));
	});
}
