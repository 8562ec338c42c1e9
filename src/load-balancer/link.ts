import type {Now} from '../domain/clock.ts';
import type {Backend} from './backends.ts';
import type {Frame} from './frame.ts';
import type {Reply} from './reply.ts';
import type {Transport} from './transport.ts';

/** The way to one server: a trunk, or a pool of plain connections. */
export type Link = {
	/** Takes a frame over. It leaves with the next `flush`. */
	send(frame: Frame): void;
	flush(): void;
	/** Waits no longer for this frame's answer; should it still come, nobody gets it. The frame is the caller's again. */
	abandon(frame: Frame): void;
	/** Ends its connections and tells nothing more. Frames still on it are the caller's. May be called twice. */
	close(): void;
};

/** What a link tells. */
export type LinkHandlers = {
	/** The reply does not matter when nobody waits for it. */
	answered(frame: Frame, reply: Reply): void;
	/** The frame was not sent: its lines cannot go to this server together. */
	unsent(frame: Frame): void;
	/** The server has as much waiting as it may have: it did not get this frame. */
	refused(frame: Frame): void;
	/** The server did not take this frame's lines as one: it is to be given them one by one. */
	scattered(frame: Frame): void;
	/** A connection was refused, broke, or spoke nonsense: the link is closed, its frames go elsewhere. */
	broken(link: Link, backend: Backend, cause: string): void;
};

/** `timeoutMs`: how long a connection may take to be made. `onRoom`: there is something to flush
 * again, without a new frame. */
export type LinkOptions = {transport: Transport; timeoutMs: number; now: Now; onRoom: () => void};
