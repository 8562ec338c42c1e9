import {t} from '../../words/words.ts';
import type {PaneId} from '../layout.ts';

/** What a pane is called in sentences. */
export function paneName(pane: PaneId): string {
	return names[pane]();
}

const names: Record<PaneId, () => string> = {
	servers: () => t('servers'),
	traffic: () => t('traffic'),
	incidents: () => t('incidents'),
	delivery: () => t('clients'),
	events: () => t('events'),
	log: () => 'log.txt',
};
