/** The names of the load balancer's algorithms, in the order in which the key for the next one goes through them. */
export const algorithmNames = [
	'round-robin',
	'least-connections',
	'random',
	'p2c',
	'p2c:replace',
	'weighted-least-request',
	'peak-ewma',
	'peak-ewma:scan',
	'source-hash',
	'ring-hash',
	'maglev',
	'bounded-load',
	'bounded-load:maglev',
	'join-idle-queue',
	'first',
] as const;

export type AlgorithmName = (typeof algorithmNames)[number];

/** The one after it; after the last, the first. */
export function nextAlgorithm(name: AlgorithmName): AlgorithmName {
	return algorithmNames[(algorithmNames.indexOf(name) + 1) % algorithmNames.length]!;
}

/**
 * address: the client's IP address · id: the message's ID · client: the ID up to its first `-` (`c7` of `c7-1420`) ·
 * key: the value of a word `key=VALUE` in the text. A message without that part, and every connection of connection
 * mode, goes by the address.
 */
export type HashKey = 'address' | 'id' | 'client' | 'key';
