/** What `lbtop.yaml` may say. */

import type {Saying} from '../../words/words.ts';
import type {Rows} from '../option-row.ts';
import {balancerOptions, balancerSettings} from './balancer.ts';
import {clientsOptions, clientsSettings} from './clients.ts';
import {connectionSettings} from './connection.ts';
import {flowSettings} from './flow.ts';
import {healthSettings} from './health.ts';
import {options} from './index.ts';
import {logOptions} from './log.ts';
import {reportOptions} from './scenario.ts';
import {screenOptions} from './screen.ts';
import {serverOptions, serverSettings} from './server.ts';

const {servers, server, engine, host, port, statsSocket, for: forTime, seed, check, json, lang} = options;
const {hashKey, transport} = balancerSettings;

/** All its keys, under what one would look for them; the hidden ones of these rows are none. */
export const settingSections: {heading: Saying; rows: Rows}[] = [
	{heading: 'The run', rows: {for: forTime, seed, check}},
	{heading: 'Clients', rows: {...clientsOptions, ...clientsSettings}},
	{heading: 'Servers', rows: {servers, server, ...serverOptions, ...serverSettings}},
	{heading: 'Load balancer', rows: {engine, ...balancerOptions, hashKey, host, port, statsSocket, transport}},
	{heading: 'Health checks', rows: healthSettings},
	{heading: 'Limits, queue, time-outs and retries', rows: flowSettings},
	{heading: 'Connection mode', rows: connectionSettings},
	{heading: () => logOptions.log.fallback!, rows: logOptions},
	{heading: 'Screen and language', rows: {...screenOptions, lang}},
	{heading: 'What a run leaves behind', rows: {...reportOptions, json}},
];

/** The same without the headings. */
export const settingRows: Rows = Object.assign({}, ...settingSections.map(({rows}) => rows));
