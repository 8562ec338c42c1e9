/** Every option there is, once; commands pick the rows they take. */

import {type EngineName, engineNames} from '../../domain/engine.ts';
import {parseAddress, parseServerSpec} from '../../domain/server-spec.ts';
import {type Language, languages} from '../../words/language.ts';
import {t} from '../../words/words.ts';
import {invalid, UsageError} from '../option.ts';
import {duration, flag, many, oneOf, reader, row, someText, suchAs, text, whole, written} from '../option-kinds.ts';
import type {Rows} from '../option-row.ts';
import {balancerOptions, balancerSettings} from './balancer.ts';
import {clientsOptions, clientsSettings} from './clients.ts';
import {logOptions} from './log.ts';
import {reportOptions} from './scenario.ts';
import {screenOptions} from './screen.ts';
import {serverOptions, serverSettings} from './server.ts';

/** The outline of what `parseServerSpec` reads: which fields there are, not their bounds, nor which go together. */
const address = '(?:\\[[0-9a-fA-F:.]+\\]|[^:\\[\\]\\s,=]+):\\d{1,5}';
const serverField = `(?:name=[^,]{1,32}|weight=\\d+|maxconn=\\d+|${address}|)`;
const serverSpecPattern = `^(?=(?:.*,)?(?:command=|${address}(?:,|$)))(?:${serverField}(?:,|$))*(?:command=[\\s\\S]*\\S[\\s\\S]*)?$`;

const aServer = () =>
	t('{address} or {command} with {port} in CMD; repeatable', {
		address: 'HOST:PORT[,name=NAME][,weight=N][,maxconn=N]',
		command: 'name=NAME,command=CMD',
		port: '{port}',
	});

const aCheck = "{expr: 'failed==0', abort: true, after: 10s}";

/** As {@link checkText} takes it. */
const checkSchema = {
	anyOf: [
		text.schema,
		{
			type: 'object',
			properties: {expr: {type: 'string'}, abort: {type: 'boolean'}, after: duration.schema},
			...{required: ['expr'], additionalProperties: false},
		},
	],
};

/** The options that make a plan; the lab and `run` take them all. */
export const planOptions = {
	servers: row('--servers <N>', 'how many servers of our own', whole(1, 64), '2'),
	server: many(
		'--server <SPEC>',
		aServer,
		suchAs(
			'127.0.0.1:9001,name=A,weight=2',
			written({pattern: serverSpecPattern, read: reader(parseServerSpec), demand: aServer}),
		),
	),
	engine: row<EngineName>(
		'--engine <NAME>',
		"who balances: embedded, lbtop's own balancer, or haproxy, a real HAProxy in its place",
		oneOf(...engineNames),
		'embedded',
	),
	...balancerOptions,
	...balancerSettings,
	statsSocket: row(
		'--stats-socket <PATH>',
		"where the balancer answers HAProxy's runtime API (a unix socket)",
		suchAs('lbtop-stats.sock', text),
	),
	...clientsOptions,
	...clientsSettings,
	...serverOptions,
	...serverSettings,
	for: row('--for <T>', 'how long to run (default: until you end it)', suchAs('30s', duration)),
	port: row('--port <P>', 'port to listen on', suchAs(9000, whole(0, 65_535))),
	host: row('--host <H>', 'address to listen on', someText, '127.0.0.1'),
	...logOptions,
	seed: row('--seed <N>', 'makes every draw of chance repeatable', suchAs(1, whole(0, 4_294_967_295))),
	check: {
		...many(
			'--check <EXPR>',
			"must hold at the end: 'latencyMs.p99<50'; '…; abort' also stops the run; repeatable",
			suchAs('failed==0', text),
		),
		schema: checkSchema,
		demand: () => t("is a check such as 'failed==0' or {data}", {data: aCheck}),
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
		suchAs('id', {...oneOf(...languages), parse: parseLanguage}),
	),
	config: {...row('--config <FILE>', 'settings file (default: lbtop.yaml when there is one)', text), hidden: true},
	name: row('--name <NAME>', 'the name in its ACKs', text, 'Server 1'),
	to: row('--to <HOST:PORT>', 'where to send: the balancer or a server', {...text, parse: reader(parseAddress)}),
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
	socket: row(
		'--socket <PATH>',
		"the lab's control socket (default: the newest lab's, of this folder if there is one)",
		text,
	),
} satisfies Rows;

function parseLanguage(text: string): Language {
	const language = languages.find(one => one === text);
	return language ?? invalid(t('It is en (English) or id (Bahasa Indonesia).'));
}

/** A check as the file may also have it, `{expr, abort: true, after: 10s}`, in one text. */
function checkText(value: unknown): string {
	const {expr, abort, after, ...rest} = value as Record<string, unknown>;
	const [stray] = Object.keys(rest);
	const refuse = (why: string): never => {
		throw new UsageError(t('lbtop.yaml, key check: {why}; it is {example}', {why, example: aCheck}));
	};
	if (stray !== undefined) refuse(t("unknown key '{key}'", {key: stray}));
	if (typeof expr !== 'string') return refuse(t("'expr' is missing"));
	if (abort !== undefined && typeof abort !== 'boolean') refuse(t("'abort' is true or false"));
	return abort === true ? `${expr}; abort${after === undefined ? '' : ` after ${after}`}` : expr;
}
