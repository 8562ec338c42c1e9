/** The kind of link that a server takes: a trunk where it speaks it, and plain connections else. */

import type {LogManager} from '../log/log-manager.ts';
import type {Backend} from './backends.ts';
import type {Frames} from './frame.ts';
import type {Link, LinkHandlers, LinkOptions} from './link.ts';
import {openPlainLink} from './plain-link.ts';
import type {Limits} from './settings.ts';
import {openTrunk} from './trunk.ts';

type LinkOpenerParts = Omit<LinkOptions, 'timeoutMs'> & {limits: Limits; frames: Frames; log: LogManager};

export function linkOpener(handlers: LinkHandlers, {limits, frames, log, ...rest}: LinkOpenerParts) {
	const options = {...rest, timeoutMs: limits.connectMs};
	return (backend: Backend): Link => {
		if (backend.speaksTrunk) return openTrunk(backend, handlers, {...options, frames});
		return openPlainLink(backend, handlers, {
			...options,
			breaker: limits.breaker,
			style: limits.plainServer,
			onStyle: cause => log.write('Server', `${backend.name} is spoken to plainly`, {server: backend.name, cause}),
		});
	};
}
