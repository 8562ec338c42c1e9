/** The links there are: one to each server that is used, and those that only wait for their last answers. */

import type {Backend} from './backend.ts';
import type {Link} from './link.ts';

export type Links = {
	/** The server's link, opened when it has none. */
	to(backend: Backend): Link;
	flush(): void;
	/** Closes the server's link. The frames on it are the caller's. */
	close(backend: Backend): Link | null;
	/** The server's link gets nothing more, and is closed when the last answer has come. */
	retire(backend: Backend): void;
	/** A link is closed already. True when it was its server's, and not a retired one. */
	forget(link: Link, backend: Backend): boolean;
	/** Closes retired links that nothing is awaited on. */
	sweep(): void;
	closeAll(): void;
};

/** `isUsed`: an answer is awaited on this link. */
export function createLinks({
	open,
	isUsed,
}: {
	open: (backend: Backend) => Link;
	isUsed: (link: Link) => boolean;
}): Links {
	/** By the servers' numbers. */
	const current: (Link | null)[] = [];
	const retired = new Set<Link>();

	const take = ({index}: Backend): Link | null => {
		const link = current[index] ?? null;
		if (link) current[index] = null;
		return link;
	};

	return {
		to: backend => {
			// Filled up to its place, for an array with holes is a slow one.
			while (current.length <= backend.index) current.push(null);
			current[backend.index] ??= open(backend);
			return current[backend.index]!;
		},
		flush: () => {
			for (const link of current) link?.flush();
			if (retired.size > 0) for (const link of retired) link.flush();
		},
		close: backend => {
			const link = take(backend);
			link?.close();
			return link;
		},
		retire: backend => {
			const link = take(backend);
			if (link) retired.add(link);
		},
		forget: (link, backend) => {
			if (current[backend.index] !== link) {
				retired.delete(link);
				return false;
			}
			current[backend.index] = null;
			return true;
		},
		sweep: () => {
			for (const link of retired) {
				if (isUsed(link)) continue;
				retired.delete(link);
				link.close();
			}
		},
		closeAll: () => {
			for (const link of [...current, ...retired]) link?.close();
		},
	};
}
