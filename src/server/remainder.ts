/** The bytes of a line or frame that is not whole yet, kept until more come. */
type Remainder = {
	length(): number;
	/** What was kept, followed by `chunk`. Valid until the next call. */
	join(chunk: Buffer): Buffer;
	/** Keeps `data` from `from` on, instead of what was kept; `data` is what {@link join} gave or the chunk itself. */
	keep(data: Buffer, from: number): void;
};

const smallest = 256;

/** Keeps a copy, so that a few bytes do not hold a whole read's memory; grows by doubling, so that bytes may come singly. */
export function createRemainder(): Remainder {
	let buffer: Buffer | undefined;
	let length = 0;

	const room = (bytes: number) => {
		if (buffer && buffer.length >= bytes) return buffer;
		const larger = Buffer.allocUnsafeSlow(Math.max(smallest, 2 ** Math.ceil(Math.log2(bytes))));
		buffer?.copy(larger, 0, 0, length);
		return larger;
	};

	return {
		length: () => length,
		join: chunk => {
			if (length === 0) return chunk;
			buffer = room(length + chunk.length);
			chunk.copy(buffer, length);
			return buffer.subarray(0, length + chunk.length);
		},
		keep: (data, from) => {
			const bytes = data.length - from;
			if (bytes === 0) buffer = undefined;
			// Joined bytes that are all kept lie in the buffer already.
			else if (from > 0 || length === 0) {
				buffer = room(bytes);
				data.copy(buffer, 0, from);
			}
			length = bytes;
		},
	};
}
