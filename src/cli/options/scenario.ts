/** What a run leaves behind for others than people: for CI, and for playing it again. */

import type {Rows} from '../option.ts';

export const reportOptions = {} satisfies Rows;
