import {formatDuration} from '../../domain/duration.ts';
import {formatFault} from '../../domain/fault.ts';
import type {PartId} from '../../domain/plan.ts';
import type {State} from '../../state/state.ts';
import {figure, t} from '../../words/words.ts';

/** A part's faults in force, the oldest first: `slow 200ms (8.0 s left), no-ack`; undefined for one that has none. */
export function faultText({faults, now}: Pick<State, 'faults' | 'now'>, part: PartId): string | undefined {
	const words = faults
		.filter(fault => fault.part === part)
		.map(({fault, at, forMs}) => {
			const left =
				forMs === undefined
					? ''
					: ` (${t('{time} left', {time: figure(formatDuration(Math.max(0, at + forMs - now)))})})`;
			return formatFault(fault) + left;
		});
	return words.length === 0 ? undefined : words.join(', ');
}
