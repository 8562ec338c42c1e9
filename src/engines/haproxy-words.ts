import type {Exit, PartEvent} from '../domain/event.ts';

/** How HAProxy begins its lines, and lines that only say that there were others. */
const head = /^\[(?:ALERT|WARNING|NOTICE)\]\s+\(\d+\) : /;
const trailer = /Fatal errors found|Error\(s\) found|Some protocols failed to start|^\s*$/;

/** Why it did not start, in its own words; nothing where it said nothing. */
export function refusalIn({errors = []}: Exit): Extract<PartEvent, {type: 'could-not-start'}>[] {
	const alerts = errors.filter(line => line.startsWith('[ALERT]')).map(line => line.replace(head, ''));
	// The first names the cause, the others what it led to.
	const message = alerts.find(line => !trailer.test(line));
	if (message === undefined) return [];
	const code = /Address already in use/.test(message) ? 'EADDRINUSE' : 'REFUSED';
	return [{type: 'could-not-start', code, message}];
}
