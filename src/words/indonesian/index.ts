/**
 * Bahasa Indonesia: every text of lbtop, by its English. One file a room. `phrases` are those that travel in English
 * before they are said: they are found again by their English, so each says enough to be told from the others.
 */

import {audit} from './audit.ts';
import {engine} from './engine.ts';
import {events} from './events.ts';
import {help} from './help.ts';
import {keys} from './keys.ts';
import {logPane} from './log-pane.ts';
import {mistakes} from './mistakes.ts';
import {navigation} from './navigation.ts';
import {numbers} from './numbers.ts';
import {options} from './options.ts';
import {parts} from './parts.ts';
import {causes} from './phrases/causes.ts';
import {demands} from './phrases/demands.ts';
import {engines} from './phrases/engines.ts';
import {faults} from './phrases/faults.ts';
import {foreign} from './phrases/foreign.ts';
import {haproxy} from './phrases/haproxy.ts';
import {issues} from './phrases/issues.ts';
import {ledger} from './phrases/ledger.ts';
import {patterns} from './phrases/patterns.ts';
import {refusals} from './phrases/refusals.ts';
import {scenarios} from './phrases/scenarios.ts';
import {start} from './phrases/start.ts';
import {system} from './phrases/system.ts';
import {report} from './report.ts';
import {settings} from './settings.ts';
import {terminal} from './terminal.ts';
import {watched} from './watched.ts';
import {yaml} from './yaml.ts';

export const phrases = {
	...causes,
	...demands,
	...engines,
	...faults,
	...foreign,
	...haproxy,
	...issues,
	...ledger,
	...patterns,
	...refusals,
	...scenarios,
	...start,
	...system,
} as const;

export const indonesian = {
	...phrases,
	...audit,
	...engine,
	...events,
	...help,
	...keys,
	...logPane,
	...mistakes,
	...navigation,
	...numbers,
	...options,
	...parts,
	...report,
	...settings,
	...terminal,
	...watched,
	...yaml,
} as const;
