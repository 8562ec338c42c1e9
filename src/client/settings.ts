/** Options of the two client programs, and what they mean. */

import {UsageError} from '../cli/option.ts';
import {clientsOptions, clientsSettings, depthOf} from '../cli/options/clients.ts';
import {options} from '../cli/options/index.ts';
import {logOptions} from '../cli/options/log.ts';
import type {Arrivals, Connect} from '../domain/plan.ts';
import type {WrittenRate} from '../domain/rate.ts';
import type {LogManager, LogSettings} from '../log/log-manager.ts';
import {t} from '../words/words.ts';
import type {ClientManagerSettings} from './client-manager.ts';
import type {Address} from './connection.ts';

const {message, connect, depth, ackTimeout, retries, arrivals, arrivalsFile} = clientsOptions;

/** The rows that both programs take. */
export const clientRows = {
	to: options.to,
	...{message, connect, depth, ackTimeout, retries, arrivals, arrivalsFile},
	...clientsSettings,
	...logOptions,
	seed: options.seed,
	firstClient: options.firstClient,
	lang: options.lang,
	color: options.color,
};

type ClientValues = {
	to: Address | undefined;
	rate: WrittenRate;
	message: string[];
	connect: Connect;
	depth: number | undefined;
	ackTimeout: number;
	retries: number;
	arrivals: Arrivals;
	arrivalsFile: {file: string; timesMs: number[]} | undefined;
	seed: number | undefined;
	firstClient: number;
};

/** Settings for `count` clients. Throws UsageError, with `example`, for what options cannot check one by one. */
export function clientSettings(
	values: ClientValues,
	{count, warmupMs, example}: {count: number; warmupMs: number; example: string},
): ClientManagerSettings {
	if (!values.to) throw new UsageError(t('--to is missing: where to send. Example: {example}', {example}));
	const broken = values.message.find(text => /[\r\n]/.test(text));
	if (broken !== undefined)
		throw new UsageError(t("--message is one line, but {text} holds a line's end", {text: JSON.stringify(broken)}));
	const {connect, arrivalsFile} = values;
	return {
		...{to: values.to, count, rate: values.rate, arrivals: values.arrivals, connect},
		...(arrivalsFile ? {rate: {type: 'recorded', file: arrivalsFile.file}, recordedMs: arrivalsFile.timesMs} : {}),
		depth: depthOf({depth: values.depth, connect, clients: count}),
		...{messages: values.message, ackTimeoutMs: values.ackTimeout, retries: values.retries},
		...{firstClient: values.firstClient, seed: values.seed ?? Math.floor(Math.random() * 2 ** 32), warmupMs},
	};
}

type LogValues = {log: string; logDetail: LogManager['detail']; logMaxSize: number; logKeep: number};

/** How the log is written, from the options that say so. */
export function logSettings({log, logDetail, logMaxSize, logKeep}: LogValues, by: string): LogSettings {
	return {file: log, detail: logDetail, maxSizeBytes: logMaxSize, keep: logKeep, by};
}
