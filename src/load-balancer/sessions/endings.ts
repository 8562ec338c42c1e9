import type {LimitName} from '../../domain/tick.ts';

/**
 * How sessions end. `word` is HAProxy's termination state (management guide, "Session state at disconnection"): who
 * ended it — `C` the client, `S` the server, `P` a limit of ours, `R` want of something here, `D` a server that was
 * marked down, `K` a person, `c` and `s` a time-out on that side — and when: `Q` in the queue, `C` while connecting, `D`
 * while data passed. `close`: both connections at once, since all is said · the client gets a FIN and time for its own ·
 * both are reset, since something is missing.
 */
export type Ending = {word: string; cause: string; close: 'both' | 'farewell' | 'reset'; limit?: LimitName};

const row = (word: string, close: Ending['close'], cause: string, limit?: LimitName): Ending =>
	limit ? {word, close, cause, limit} : {word, close, cause};

/** Each way that a session ends, with HAProxy's two letters for it. */
export const endings = {
	done: row('--', 'both', 'both sides ended'),
	clientReset: row('CD', 'reset', 'the client broke off'),
	serverReset: row('SD', 'reset', 'the server broke off'),
	clientLeftQueue: row('CQ', 'reset', 'the client left while it waited'),
	clientLeftConnecting: row('CC', 'reset', 'the client left before a server was reached'),
	noServer: row('SC', 'farewell', 'no server is up'),
	unreachable: row('SC', 'farewell', 'no server could be reached'),
	connectTimeout: row('sC', 'farewell', 'the server did not accept in time'),
	wantOfSomething: row('RC', 'farewell', 'no connection could be made from here'),
	tooMany: row('PC', 'both', 'too many clients', 'maxconn'),
	tooManyOfSource: row('PC', 'both', 'too many clients from one address', 'source-maxconn'),
	queueFull: row('PQ', 'farewell', 'too many clients wait for a server', 'maxqueue'),
	queueTimeout: row('sQ', 'farewell', 'no server had room in time', 'queue-timeout'),
	clientIdle: row('cD', 'both', 'the client was silent', 'client-timeout'),
	serverIdle: row('sD', 'both', 'the server was silent', 'server-timeout'),
	clientHalfClosed: row('cD', 'both', 'the client was silent after the server had ended', 'half-close-timeout'),
	serverHalfClosed: row('sD', 'both', 'the server was silent after the client had ended', 'half-close-timeout'),
	clientStalled: row('cD', 'reset', 'the client took nothing', 'stall-timeout'),
	serverStalled: row('sD', 'reset', 'the server took nothing', 'stall-timeout'),
	markedDown: row('D-', 'reset', 'the server was marked down'),
	shutDown: row('K-', 'reset', 'shut down on request'),
	stopped: row('K-', 'both', 'the balancer stopped'),
} satisfies Record<string, Ending>;
