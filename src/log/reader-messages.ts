import type {LogAnswer, LogPart, LogRequest} from '../domain/log-reading.ts';
import type {VolumeNumbers} from './log-volumes.ts';

/** What passes between whoever asks and the log reader's thread. */
export type ReaderData = {file: string; numbers: VolumeNumbers};
export type ToReader = {type: 'ask'; id: number; request: LogRequest} | {type: 'cancel'; id: number};
export type FromReader =
	| {type: 'ready'}
	| {type: 'part'; id: number; part: LogPart}
	| {type: 'answer'; id: number; answer: LogAnswer; numbers: VolumeNumbers}
	| {type: 'failed'; id: number; why: string};
