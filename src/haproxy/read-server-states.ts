import type {Administration} from '../domain/status.ts';

/** HAProxy's own flags: set by people (1), inherited (2, 4, 32) or by the configuration's host (64); drained (8, 16). */
const [maintenance, drained] = [0b110_0111, 0b001_1000];

/** What people want of each server of a backend, by its name there, from an answer to `show servers state`. */
export function readServerStates(text: string): Map<string, Administration> {
	const lines = text.split('\n').map(line => line.trim().split(' '));
	const head = lines.find(([first]) => first === '#')?.slice(1) ?? [];
	const [name, flags] = [head.indexOf('srv_name'), head.indexOf('srv_admin_state')];
	if (name < 0 || flags < 0) return new Map();
	return new Map(
		lines.filter(cells => cells.length === head.length).map(cells => [cells[name]!, wanted(Number(cells[flags]))]),
	);
}

function wanted(flags: number): Administration {
	if (flags & maintenance) return 'maint';
	return flags & drained ? 'drain' : 'ready';
}
