/** Every option there is, once; commands pick the rows they take. */

import {parseDistribution} from '../domain/distribution.ts';
import {parseDuration} from '../domain/duration.ts';
import type {Arrivals, Connect, LogDetail, Mode, Rate} from '../domain/plan.ts';
import {invalid, type OptionRow} from './option.ts';
import {parseAddress, parseServerSpec} from './server-spec.ts';

const text = (value: string) => value;
const flag = (value: string) => value === 'true';

function oneOf<const T extends string>(...words: T[]) {
	return (value: string): T => words.find(word => word === value) ?? invalid(`It is one of ${words.join(', ')}.`);
}

function whole(from: number, to: number) {
	return (value: string): number => {
		const number = Number(value);
		return /^\d+$/.test(value) && number >= from && number <= to
			? number
			: invalid(`It is a whole number from ${from} to ${to}.`);
	};
}

/** Node's timers end at 2^31 ms and fire at once beyond it. */
const longestMs = 2 ** 31 - 1;

function duration(value: string): number {
	const ms = parseDuration(value);
	if (ms === undefined) invalid('It is a duration such as 500ms, 5s or 2m.');
	return ms <= longestMs ? ms : invalid('It is at most 24 days (596h).');
}

function size(value: string): number {
	const match = /^(\d+)(b|kb|mb|gb)?$/i.exec(value);
	const unit = {b: 1, kb: 1e3, mb: 1e6, gb: 1e9}[match?.[2]?.toLowerCase() ?? 'b'] ?? 1;
	return match && Number(match[1]) > 0 ? Number(match[1]) * unit : invalid('It is a size such as 500kb, 100mb or 1gb.');
}

function rate(value: string): Rate {
	if (value === 'max') return 'max';
	const number = Number(value);
	return number > 0 && number <= 1e6 ? number : invalid("It is messages per second, up to 1000000, or 'max'.");
}

/** Without a fallback the value is undefined until someone gives it. */
function row<T>(flags: string, help: string, parse: (text: string) => T, fallback: string): OptionRow<T>;
function row<T>(flags: string, help: string, parse: (text: string) => T): OptionRow<T | undefined>;
function row<T>(flags: string, help: string, parse: (text: string) => T, fallback?: string): OptionRow<T | undefined> {
	return fallback === undefined ? {flags, help, parse} : {flags, help, parse, fallback};
}

function many<T>(flags: string, help: string, parse: (text: string) => T): OptionRow<T> & {many: true} {
	return {flags, help, parse, many: true};
}

/** The options that make a plan; the lab and `run` take them all. */
export const planOptions = {
	servers: row('--servers <N>', 'how many servers of our own', whole(1, 64), '2'),
	server: many(
		'--server <SPEC>',
		'HOST:PORT[,name=NAME][,weight=N] or name=NAME,command=CMD with {port} in CMD; repeatable',
		parseServerSpec,
	),
	mode: row<Mode>(
		'--mode <MODE>',
		'what is balanced: message or connection',
		oneOf('message', 'connection'),
		'message',
	),
	algorithm: row('--algorithm <NAME>', 'who is next: round-robin', oneOf('round-robin'), 'round-robin'),
	clients: row('--clients <N>', 'how many clients', whole(1, 10_000), '10'),
	rate: row('--rate <R>', "messages per second in all, or 'max'", rate, '20'),
	arrivals: row<Arrivals>(
		'--arrivals <KIND>',
		'constant, poisson or closed (max means closed)',
		oneOf('constant', 'poisson', 'closed'),
		'constant',
	),
	connect: row<Connect>(
		'--connect <HOW>',
		'per-message or persistent',
		oneOf('per-message', 'persistent'),
		'per-message',
	),
	message: many('--message <TEXT>', 'a text to send; repeatable (default: a mix of kinds)', text),
	serviceTime: row(
		'--service-time <DIST>',
		'time a server works on a message: 5ms, exp:5ms, uniform:2ms:8ms, lognormal:5ms:0.5',
		value => parseDistribution(value) ?? invalid('It is 0, 5ms, exp:5ms, uniform:2ms:8ms or lognormal:5ms:0.5.'),
		'0',
	),
	concurrency: row('--concurrency <N>', 'messages a server works on at once; 0: no limit', whole(0, 1_000_000), '0'),
	ackTimeout: row('--ack-timeout <T>', 'how long a client waits for an ACK', duration, '1s'),
	retries: row('--retries <N>', 'attempts after the first', whole(0, 1000), '4'),
	for: row('--for <T>', 'how long to run (default: until you end it)', duration),
	warmup: row('--warmup <T>', 'left out of the latency figures', duration, '0'),
	port: row('--port <P>', 'port to listen on', whole(0, 65_535)),
	host: row('--host <H>', 'address to listen on', text, '127.0.0.1'),
	log: row('--log <FILE>', 'the log file', text, 'log.txt'),
	logDetail: row<LogDetail>(
		'--log-detail <D>',
		'message lines of all parts, of the clients only, or off',
		oneOf('all', 'clients', 'off'),
		'all',
	),
	logMaxSize: row('--log-max-size <S>', 'size at which the log file is rotated', size, '100mb'),
	logKeep: row('--log-keep <N>', 'rotated log files to keep', whole(0, 1000), '5'),
	seed: row('--seed <N>', 'makes every draw of chance repeatable', whole(0, 4_294_967_295)),
	check: many('--check <EXPR>', "must hold at the end, such as 'latencyMs.p99<50'; repeatable", text),
} satisfies Record<string, OptionRow<unknown>>;

export const options = {
	...planOptions,
	plain: row('--plain', 'plain lines instead of the screen', flag),
	json: row('--json', 'print the summary as one JSON object', flag),
	ascii: row('--ascii', 'draw with ASCII characters only', flag),
	lang: row<'en'>('--lang <L>', 'language of the screen: en', oneOf('en'), 'en'),
	color: row('--no-color', 'no colours', flag),
	config: {...row('--config <FILE>', 'settings file (default: lbtop.yaml when there is one)', text), hidden: true},
	name: row('--name <NAME>', 'the name in its ACKs', text, 'Server 1'),
	to: row('--to <HOST:PORT>', 'where to send: the balancer or a server', parseAddress),
	count: row('--count <N>', 'messages to send, then end', whole(1, 1e9)),
	maxLine: row('--max-line <BYTES>', 'the longest line accepted', whole(16, 16_777_216), '65536'),
	firstClient: {...row('--first-client <N>', 'number of the first client', whole(1, 1e9), '1'), hidden: true},
	socket: row('--socket <PATH>', "the lab's control socket (default: the newest lab's)", text),
} satisfies Record<string, OptionRow<unknown>>;
