/**
 * The line protocol: a request is `[#ID ]TEXT`, a reply `[#ID ]ACK from NAME` or `[#ID ]NAK from NAME: REASON`.
 * Lines are UTF-8, ended by `\n`; an `\r` before it is dropped.
 */

/** The longest line anyone accepts, in bytes, its `\n` not counted. */
export const maxLineBytes = 65_536;

/** Opens a trunk: one connection that carries the lines of many clients in frames. */
export const trunkOpening = 'TRUNK\n';

/** What a server of ours adds to its PONG to say that it speaks the trunk. */
export const trunkMark = 'trunk/1';

const idPattern = /^#([A-Za-z0-9._:-]{1,64})(?: |$)/;

/** One request, taken apart. `id` is absent when the line bears none; then the whole line is the text. */
type Request = {id?: string; text: string};

/** Why a message was refused: REASON begins with one of these. */
export type NakReason = 'busy' | 'too-long' | 'bad-request' | 'unavailable';

/** A reply, taken apart. `from` is the server's name; `reason` is there for a NAK only. */
type Reply = {id?: string; kind: 'ACK' | 'NAK' | 'PONG'; from: string; reason?: string};

/** Takes a request line (without its end) apart. Every line is a valid request: a malformed ID is text. */
export function parseRequest(line: string): Request {
	const match = line.charCodeAt(0) === 35 ? idPattern.exec(line) : null;
	if (!match) return {text: line};
	return {id: match[1]!, text: line.slice(match[0].length)};
}

/** A request line, without its end. */
export function formatRequest(id: string, text: string): string {
	return `#${id} ${text}`;
}

/** Takes a reply line (without its end) apart, or undefined when it is no reply of this protocol. */
export function parseReply(line: string): Reply | undefined {
	const {id, text} = parseRequest(line);
	const match = /^(ACK|NAK|PONG) from (.+)$/s.exec(text);
	if (!match) return undefined;
	const kind = match[1] as Reply['kind'];
	const rest = match[2]!;
	const base = id === undefined ? {kind} : {id, kind};
	if (kind !== 'NAK') return {...base, from: rest};
	const colon = rest.indexOf(': ');
	return colon < 0 ? {...base, from: rest} : {...base, from: rest.slice(0, colon), reason: rest.slice(colon + 2)};
}

/** `ACK from NAME`, under the request's ID where it bore one. */
export function formatAck(name: string, id?: string): string {
	return id === undefined ? `ACK from ${name}` : `#${id} ACK from ${name}`;
}

/** `NAK from NAME: REASON`, under the request's ID where it bore one. `detail` follows the reason's word. */
export function formatNak(name: string, reason: NakReason, id?: string, detail = ''): string {
	const text = `NAK from ${name}: ${reason}${detail && ` ${detail}`}`;
	return id === undefined ? text : `#${id} ${text}`;
}
