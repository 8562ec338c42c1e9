/** The JSON Schema of a scenario's file. */

import {z} from 'zod';
import type {Rows, Schema} from '../cli/option-row.ts';
import {dialect, settingProperties} from '../cli/settings-schema.ts';
import {t} from '../words/words.ts';
import {scenarioSchema} from './schema.ts';

/**
 * `rows`: the options that make a plan; their keys may stand in a scenario, but for its checks. What it cannot tell: which keys
 * of a step contradict each other, whether a command is one, and what an expression names.
 */
export function scenarioFileSchema({check: _, ...rows}: Rows): Schema {
	const {properties, ...own} = z.toJSONSchema(scenarioSchema, {io: 'input'});
	return {
		...own,
		$schema: dialect,
		title: t('a scenario of lbtop'),
		properties: {...properties, ...settingProperties(rows)},
	};
}
