/** The hashes that the hashing algorithms stand on. */

/** CRC-32 of IEEE 802.3 (as `zlib`'s and nginx's `ngx_crc32_long`), of the text's UTF-8 bytes; goes on from `before`. */
export function crc32(text: string, before = 0): number {
	let crc = ~before;
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		if (code > 127) return crc32Bytes(Buffer.from(text), before);
		crc = table[(crc ^ code) & 255]! ^ (crc >>> 8);
	}
	return ~crc >>> 0;
}

/** The same of bytes. */
export function crc32Bytes(bytes: Iterable<number>, before: number): number {
	let crc = ~before;
	for (const byte of bytes) crc = table[(crc ^ byte) & 255]! ^ (crc >>> 8);
	return ~crc >>> 0;
}

/** Every bit of the number moves every bit of the result (MurmurHash3's finalizer): turns a weak hash into a good one. */
export function mix(number: number): number {
	let mixed = number;
	mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
	mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
	return (mixed ^ (mixed >>> 16)) >>> 0;
}

const table = Uint32Array.from({length: 256}, (_, byte) => {
	let crc = byte;
	for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
	return crc;
});
