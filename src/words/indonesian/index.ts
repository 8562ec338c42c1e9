/** Bahasa Indonesia: every text of lbtop, by its English. One file a room. */

import {keys} from './keys.ts';

export const indonesian = {...keys} as const;
