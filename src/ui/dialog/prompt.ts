import type {FaultKind} from '../../domain/fault.ts';
import type {PartId} from '../../domain/plan.ts';

/** An open prompt: what it asks about, and what has been written so far. */
export type Prompt =
	| ({part: PartId; name: string; text: string} & ({kind: 'weight'} | {kind: 'fault'; fault: FaultKind}))
	| {kind: 'log-search'; text: string}
	| {kind: 'log-filter'; text: string};
