/** What a load balancer is told where nobody says otherwise: the defaults of the options' own table. */

import {readOptions} from '../../../src/cli/option.ts';
import {balancerOptions, balancerSettings} from '../../../src/cli/options/balancer.ts';
import {frontOptions} from '../../../src/cli/options/connection.ts';
import {frontOf, healthOf, limitsOf, sessionsOf} from '../../../src/load-balancer/settings-from-options.ts';

const rows = {...balancerOptions, ...balancerSettings, ...frontOptions};
const {values} = readOptions({name: 'lbtop balancer', summary: () => '', example: ''}, rows, [], {}, {});

export const defaultHealth = healthOf(values);
export const defaultLimits = limitsOf(values);
export const defaultSessions = sessionsOf(values);
export const defaultFront = frontOf(values);
