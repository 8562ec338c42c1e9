/** What a load balancer is told where nobody says otherwise: the defaults of the options' own table. */

import {readOptions} from '../../../src/cli/option.ts';
import {balancerOptions, balancerSettings} from '../../../src/cli/options/balancer.ts';
import {frontOptions} from '../../../src/cli/options/connection.ts';
import {connectionLimitsOf, frontOf, sessionsOf} from '../../../src/load-balancer/connection-settings.ts';
import {limitsOf} from '../../../src/load-balancer/flow-limits.ts';
import {healthOf} from '../../../src/load-balancer/health-options.ts';
import type {Limits} from '../../../src/load-balancer/settings.ts';

const rows = {...balancerOptions, ...balancerSettings, ...frontOptions};
const {values} = readOptions({name: 'lbtop balancer', summary: () => '', example: ''}, rows, [], {}, {});

export const defaultHealth = healthOf(values);
export const defaultLimits: Limits = {...limitsOf(values), ...connectionLimitsOf(values)};
export const defaultSessions = sessionsOf(values);
export const defaultFront = frontOf(values);
