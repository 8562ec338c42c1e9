/** The way to a server that does not speak the trunk: many messages on a connection where it can, else one on each. */

import type {PlainServer} from '../domain/plan.ts';
import type {Backend} from './backends.ts';
import type {Frame} from './frame.ts';
import type {Link, LinkHandlers, LinkOptions} from './link.ts';
import {openPlainMux} from './plain-mux.ts';
import {createPace} from './plain-pace.ts';
import {openPlainPool} from './plain-pool.ts';
import type {BreakerSettings} from './settings.ts';

type PlainLinkOptions = LinkOptions & {
	style: PlainServer;
	breaker: BreakerSettings;
	/** What the server was found to do, in words for the log. */
	onStyle(text: string): void;
};

/** A line of so many bytes has a connection to itself: it is not copied, and nothing small waits behind it. */
const bulkBytes = 16 * 1024;

/** On so many answers under the ID that was asked, on connections that were kept, `auto` speaks by IDs. */
const proofs = 3;

/** A frame of many lines is only given to it while the backend `takesRuns`. */
export function openPlainLink(backend: Backend, handlers: LinkHandlers, options: PlainLinkOptions): Link {
	const {style, breaker, onStyle} = options;
	let mux: Link | null = null;
	let matching: 'id' | 'ordered' = 'id';
	let echoes = 0;
	let isSettled = style !== 'auto';
	backend.takesRuns = false;

	const pace = createPace();

	/** Runs are given to one that echoes IDs and is quick at them. */
	const judge = () => {
		backend.takesRuns = matching === 'id' && mux !== null && pace.isQuick(options.now());
	};

	/** The links within say that they broke: outside there is only this one. */
	const own: LinkHandlers = {
		...handlers,
		broken: (_, broken, cause) => {
			link.close();
			handlers.broken(link, broken, cause);
		},
	};

	const pool = openPlainPool(backend, own, {
		...options,
		onAnswer: ({hasId, isEchoed, isKept}) => {
			if (isSettled || !hasId) return;
			if (!isEchoed) isSettled = true;
			else if (isKept && ++echoes >= proofs) {
				isSettled = true;
				openMux('id');
				onStyle('it echoes IDs: it is sent many messages at once');
			}
		},
	});

	const openMux = (wanted: 'id' | 'ordered') => {
		matching = wanted;
		mux = openPlainMux(backend, own, {
			...options,
			matching,
			maxConnections: breaker.connections,
			pace,
			onAnswers: judge,
			unfit,
		});
		judge();
	};

	const unfit = (frames: Frame[], why: string) => {
		mux = null;
		backend.takesRuns = false;
		onStyle(`${why}: it is sent one message at a time`);
		for (const frame of frames) {
			if (frame.messages > 1) handlers.scattered(frame);
			else pool.send(frame);
		}
		options.onRoom();
	};

	if (style === 'id' || style === 'ordered') openMux(style);

	const isForPool = (frame: Frame) =>
		mux === null || (frame.messages <= 1 && (frame.isPing || frame.end - frame.start >= bulkBytes));

	const link: Link = {
		send: frame => (isForPool(frame) ? pool : mux!).send(frame),
		flush: () => {
			mux?.flush();
			pool.flush();
		},
		abandon: frame => {
			mux?.abandon(frame);
			pool.abandon(frame);
		},
		close: () => {
			backend.takesRuns = false;
			mux?.close();
			pool.close();
		},
	};
	return link;
}
