/** The kind of link that a server takes: a trunk where it speaks it, and plain connections else. */

import type {Backend} from './backends.ts';
import type {Frames} from './frame.ts';
import type {Link, LinkHandlers, LinkOptions} from './link.ts';
import {openPlainPool} from './plain-pool.ts';
import type {Limits} from './settings.ts';
import {openTrunk} from './trunk.ts';

export type LinkOpenerParts = Omit<LinkOptions, 'timeoutMs'> & {limits: Limits; frames: Frames};

export function linkOpener(handlers: LinkHandlers, {limits, frames, ...rest}: LinkOpenerParts) {
	const options = {...rest, timeoutMs: limits.connectMs};
	return (backend: Backend): Link => {
		if (backend.speaksTrunk) return openTrunk(backend, handlers, {...options, frames});
		return openPlainPool(backend, handlers, {...options, breaker: limits.breaker});
	};
}
