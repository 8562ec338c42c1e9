import type {BalancerTick} from '../domain/tick.ts';
import type {Backend} from './backends.ts';
import type {Listener} from './transport.ts';

/** A client's connection as others see it. `startedAt` is monotonic ms, `up` and `down` are bytes. */
export type SessionView = {
	source: string;
	server: string | undefined;
	phase: string;
	startedAt: number;
	up: number;
	down: number;
};

/** How bytes move between clients and servers: by messages, or by whole connections. */
export type Mode = {
	/** Listens for clients. Rejects with a message for people. */
	listen(): Promise<Listener>;
	/** A server came or went: its route is the new one. */
	routeChanged(backend: Backend): void;
	/** A server has another address, or is no more: what is under way with it ends where it is. */
	moved(backend: Backend): void;
	/** Milliseconds between two sweeps. */
	readonly sweepMs: number;
	/** Looks for what has waited too long. */
	sweep(): void;
	/** Ends what a server has under way, at once. */
	shutdownSessions(backend: Backend): void;
	/** Who is joined to which server; empty where nobody is. */
	sessions(): SessionView[];
	tick(): Omit<BalancerTick, 'type' | 'algorithm' | 'backends' | 'struck' | 'cpuMs' | 'rssBytes'>;
	/** Finishes what is under way, for a while, and closes everything. The listener is closed already. */
	stop(): Promise<void>;
};
