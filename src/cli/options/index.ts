/** Every option there is, once; commands pick the rows they take. */

import {parseAddress, parseServerSpec} from '../../domain/server-spec.ts';
import {type Language, languages} from '../../words/language.ts';
import {t} from '../../words/words.ts';
import {invalid, type Rows, UsageError} from '../option.ts';
import {duration, flag, many, reader, row, someText, text, whole} from '../option-kinds.ts';
import {balancerOptions, balancerSettings} from './balancer.ts';
import {clientsOptions, clientsSettings} from './clients.ts';
import {logOptions} from './log.ts';
import {reportOptions} from './scenario.ts';
import {screenOptions} from './screen.ts';
import {serverOptions, serverSettings} from './server.ts';

/** The options that make a plan; the lab and `run` take them all. */
export const planOptions = {
	servers: row('--servers <N>', 'how many servers of our own', whole(1, 64), '2'),
	server: many(
		'--server <SPEC>',
		() =>
			t('{address} or {command} with {port} in CMD; repeatable', {
				address: 'HOST:PORT[,name=NAME][,weight=N][,maxconn=N]',
				command: 'name=NAME,command=CMD',
				port: '{port}',
			}),
		reader(parseServerSpec),
	),
	...balancerOptions,
	...balancerSettings,
	statsSocket: row('--stats-socket <PATH>', "where the balancer answers HAProxy's runtime API (a unix socket)", text),
	...clientsOptions,
	...clientsSettings,
	...serverOptions,
	...serverSettings,
	for: row('--for <T>', 'how long to run (default: until you end it)', duration),
	port: row('--port <P>', 'port to listen on', whole(0, 65_535)),
	host: row('--host <H>', 'address to listen on', someText, '127.0.0.1'),
	...logOptions,
	seed: row('--seed <N>', 'makes every draw of chance repeatable', whole(0, 4_294_967_295)),
	check: {
		...many(
			'--check <EXPR>',
			"must hold at the end: 'latencyMs.p99<50'; '…; abort' also stops the run; repeatable",
			text,
		),
		textOf: checkText,
	},
} satisfies Rows;

export const options = {
	...planOptions,
	...reportOptions,
	list: {...row('--list', 'lists the scenarios that come with lbtop', flag), hidden: true},
	...screenOptions,
	json: row('--json', 'print the summary as one JSON object', flag),
	lang: row<Language>(
		'--lang <L>',
		"the language of all that is said: en (English) or id (Bahasa Indonesia); without it the locale's",
		parseLanguage,
	),
	config: {...row('--config <FILE>', 'settings file (default: lbtop.yaml when there is one)', text), hidden: true},
	name: row('--name <NAME>', 'the name in its ACKs', text, 'Server 1'),
	to: row('--to <HOST:PORT>', 'where to send: the balancer or a server', reader(parseAddress)),
	count: row('--count <N>', 'messages to send, then end', whole(1, 1e9)),
	maxLine: row('--max-line <BYTES>', 'the longest line accepted', whole(16, 16_777_216), '65536'),
	firstClient: {...row('--first-client <N>', 'number of the first client', whole(1, 1e9), '1'), hidden: true},
	loadAge: {...row('--load-age <T>', 'the load began so long ago', duration, '0'), hidden: true},
	run: {...row('--run <KEY>', "keeps this run's IDs in a shared store from others'", text, ''), hidden: true},
	executions: {
		...row('--executions <FILE>', 'writes down each executed ID here too, apart from the log', text),
		hidden: true,
	},
	labPid: {...row('--lab-pid <PID>', 'the lab whose run is audited', whole(1, 4_294_967_295)), hidden: true},
	logFrom: {...row('--log-from <BYTES>', 'where in the log its run begins', whole(0, 2 ** 53 - 1), '0'), hidden: true},
	serversFile: row('--servers-file <FILE>', 'the servers, one SPEC a line; read again at SIGHUP', text),
	socket: row('--socket <PATH>', "the lab's control socket (default: the newest lab's)", text),
} satisfies Rows;

function parseLanguage(text: string): Language {
	const language = languages.find(one => one === text);
	return language ?? invalid(t('It is en (English) or id (Bahasa Indonesia).'));
}

/** A check as the file may also have it, `{expr, abort: true, after: 10s}`, in one text. */
function checkText(value: unknown): string {
	const {expr, abort, after, ...rest} = value as Record<string, unknown>;
	const [stray] = Object.keys(rest);
	if (typeof expr !== 'string' || stray !== undefined)
		throw new UsageError(
			t('lbtop.yaml, key check: {why}; it is {example}', {
				why: stray === undefined ? t("'expr' is missing") : t("unknown key '{key}'", {key: stray}),
				example: "{expr: 'failed==0', abort: true, after: 10s}",
			}),
		);
	return abort === true ? `${expr}; abort${after === undefined ? '' : ` after ${after}`}` : expr;
}
