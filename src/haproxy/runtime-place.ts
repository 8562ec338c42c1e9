/** Where HAProxy's runtime API answers: a unix socket, or a host and port. */

import {formatAddress, parseAddress} from '../domain/server-spec.ts';

export type RuntimePlace = {path: string} | {host: string; port: number};

/** `/run/haproxy.sock`, or `HOST:PORT` where there is no slash in it. */
export function readPlace(text: string): RuntimePlace {
	return text.includes('/') || !/:\d+$/.test(text) ? {path: text} : parseAddress(text);
}

/** As it was given. */
export function placeText(place: RuntimePlace): string {
	return 'path' in place ? place.path : formatAddress(place);
}
