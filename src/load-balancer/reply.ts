/** Whole lines: a latin1 text, or bytes, which are only there while they are told of. */
export type Reply = string | Buffer;
