import type {Administration} from './status.ts';

/** A server as a balancer is told of it: what it is called, where it is, its part of the work, what people want of it. */
export type BalancedServer = {
	name: string;
	host: string;
	port: number;
	/** 0–256; 0 gets nothing new. */
	weight: number;
	/** What it may have at once; absent: as the balancer's own limits say. */
	maxconn?: number;
	administration: Administration;
};

/** The greatest limit of a server that can be asked for. */
export const mostMaxconn = 10_000_000;

/** The greatest weight there is, as in HAProxy. */
export const maxWeight = 256;

/** What a server may be called. */
export const serverNamePattern = /^[\p{L}\p{N} ._-]{1,32}$/u;
