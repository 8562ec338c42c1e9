/** Bahasa Indonesia: every text of lbtop, by its English. One file a room. */

import {keys} from './keys.ts';
import {navigation} from './navigation.ts';
import {numbers} from './numbers.ts';
import {terminal} from './terminal.ts';

export const indonesian = {...keys, ...navigation, ...numbers, ...terminal} as const;
