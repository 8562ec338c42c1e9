type Write = NodeJS.WriteStream['write'];

/** A stray megabyte of warnings is cut; who wants it all sends stderr to a file. */
const mostCharacters = 65_536;

/**
 * Keeps what is written to these streams from the terminal until the returned function is called; then it is written
 * there, in order. That may be called twice.
 */
export function holdWrites(streams: NodeJS.WriteStream[]): () => void {
	const releases = [...new Set(streams)].map(holdOne);
	return () => {
		for (const release of releases) release();
	};
}

function holdOne(stream: NodeJS.WriteStream): () => void {
	const original = stream.write;
	let held = '';
	const hold = (chunk: string | Uint8Array, encodingOrDone?: unknown, done?: unknown): boolean => {
		const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
		held += text.slice(0, mostCharacters - held.length);
		const callback = typeof encodingOrDone === 'function' ? encodingOrDone : done;
		if (typeof callback === 'function') queueMicrotask(() => callback());
		return true;
	};
	stream.write = hold as Write;
	return () => {
		if (stream.write !== hold) return;
		stream.write = original;
		if (held !== '') stream.write(held);
	};
}
