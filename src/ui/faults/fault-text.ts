import {formatDuration} from '../../domain/duration.ts';
import {formatFault} from '../../domain/fault.ts';
import type {PartId} from '../../domain/plan.ts';
import type {State} from '../../state/state.ts';

/** A part's faults in force, the oldest first: `slow 200ms (8.0 s left), no-ack`; undefined for one that has none. */
export function faultText({faults, now}: Pick<State, 'faults' | 'now'>, part: PartId): string | undefined {
	const words = faults
		.filter(fault => fault.part === part)
		.map(({fault, at, forMs}) => {
			const left = forMs === undefined ? '' : ` (${formatDuration(Math.max(0, at + forMs - now))} left)`;
			return formatFault(fault) + left;
		});
	return words.length === 0 ? undefined : words.join(', ');
}
