/** What a balancer that runs elsewhere counts, in words and in heads of columns. */

import type {CountedUnit} from '../../domain/watched.ts';
import type {State} from '../../state/state.ts';
import {t} from '../../words/words.ts';

type Words = {many(): string; total: string; perSecond: string};

const units: Record<CountedUnit, Words> = {
	sessions: {many: () => t('sessions'), total: 'SESS', perSecond: 'SESS/S'},
	requests: {many: () => t('requests'), total: 'REQ', perSecond: 'REQ/S'},
	messages: {many: () => t('messages'), total: 'MSG', perSecond: 'MSG/S'},
};

/** The words for a unit. */
export function unitWords(unit: CountedUnit): Words {
	return units[unit];
}

/** True while a balancer that runs elsewhere does not answer: all that is known of it is its last word. */
export function isLost({watched, balancer}: Pick<State, 'watched' | 'balancer'>): boolean {
	return watched !== undefined && balancer.process !== 'EXTERNAL';
}

/** A count, `-` where it is not told. */
export function known(count: number | null, write: (count: number) => string): string {
	return count === null ? '-' : write(count);
}
