import {describe, expect, test} from 'vitest';
import {readOptions, toArguments, UsageError} from '../../src/cli/option.ts';
import {environmentName} from '../../src/cli/option-sources.ts';
import {options} from '../../src/cli/options/index.ts';

const help = {name: 'lbtop test', summary: () => 'test', example: 'lbtop test'};
const {
	rate,
	check,
	clients,
	ackTimeout,
	server,
	message,
	plain,
	color,
	for: forTime,
	logMaxSize,
	serviceTime,
	log,
} = options;
const rows = {
	rate,
	check,
	clients,
	ackTimeout,
	server,
	message,
	plain,
	color,
	for: forTime,
	logMaxSize,
	serviceTime,
	log,
};
const read = (argv: string[], file = {}, environment = {}) => readOptions(help, rows, argv, file, environment);

describe('values', () => {
	test('defaults are parsed like given values, and are not counted as given', () => {
		const {values, given} = read([]);
		expect(values.rate).toBe(20);
		expect(values.ackTimeout).toBe(1000);
		expect(values.server).toEqual([]);
		expect(values.for).toBeUndefined();
		expect(values.serviceTime).toEqual({type: 'constant', ms: 0});
		expect(given.size).toBe(0);
	});
	test('option beats environment beats file beats default', () => {
		expect(read([], {rate: 1}).values.rate).toBe(1);
		expect(read([], {rate: 1}, {LBTOP_RATE: '2'}).values.rate).toBe(2);
		expect(read(['--rate', '3'], {rate: 1}, {LBTOP_RATE: '2'}).values.rate).toBe(3);
		expect([...read(['--rate', '3'], {clients: 4}).given].sort()).toEqual(['clients', 'rate']);
	});
	test('a repeatable option collects, and replaces what the file said', () => {
		expect(read(['--message', 'a', '--message', 'b']).values.message).toEqual(['a', 'b']);
		expect(read(['--message', 'b'], {message: ['a']}).values.message).toEqual(['b']);
		expect(read([], {message: ['x', 'y']}).values.message).toEqual(['x', 'y']);
	});
	test('an empty list is none of what may be given again and again', () =>
		expect(read([], {message: []}).values.message).toEqual([]));
	test('a check of the file may say that it stops the run', () => {
		const file = {
			check: [
				'acked>0',
				{expr: 'failed==0', abort: true},
				{expr: 'late<9', abort: true, after: '10s'},
				{expr: 'nak==0'},
			],
		};
		expect(read([], file).values.check).toEqual(['acked>0', 'failed==0; abort', 'late<9; abort after 10s', 'nak==0']);
		expect(() => read([], {check: [{abort: true}]})).toThrow("lbtop.yaml, key check: 'expr' is missing");
		expect(() => read([], {check: {expr: 'failed==0', abrot: true}})).toThrow("unknown key 'abrot'");
		expect(() => read([], {check: {expr: 'failed==0', abort: 'yes'}})).toThrow("'abort' is true or false");
	});
	test.each([
		['max', 'max'],
		['0.5', 0.5],
		['1000000', 1_000_000],
	])('rate %s', (text, value) => expect(read(['--rate', text]).values.rate).toBe(value));
	test.each([
		['500kb', 500_000],
		['1gb', 1_000_000_000],
		['100', 100],
	])('size %s', (text, value) => expect(read(['--log-max-size', text]).values.logMaxSize).toBe(value));
	test('flags', () => {
		expect(read(['--plain']).values.plain).toBe(true);
		expect(read(['--no-color']).values.color).toBe(false);
		expect(read([], {plain: true}).values.plain).toBe(true);
		expect(read([], {}, {LBTOP_PLAIN: '0'}).values.plain).toBe(false);
		expect(read([], {plain: 'off'}).values.plain).toBe(false);
		expect(read([], {plain: 'On'}).values.plain).toBe(true);
		expect(read([], {color: false}).values.color).toBe(false);
		expect(read([], {noColor: true}).values.color).toBe(false);
		expect(read([], {noColor: false}).values.color).toBe(true);
		expect(read([], {noColor: false}, {LBTOP_NO_COLOR: '1'}).values.color).toBe(false);
	});
	test('environment names', () => expect(environmentName('ackTimeout')).toBe('LBTOP_ACK_TIMEOUT'));
});

test('what was given goes on to another program word for word, whatever its source; what was not does not', () => {
	const {texts} = read(
		['--rate', '3.50', '--message', '-a', '--message', 'b=c'],
		{clients: 4, plain: true},
		{LBTOP_ACK_TIMEOUT: '2s'},
	);
	expect(toArguments(rows, texts)).toEqual([
		'--rate=3.50',
		'--clients=4',
		'--ack-timeout=2s',
		'--message=-a',
		'--message=b=c',
		'--plain',
	]);
	const again = read(toArguments(rows, texts));
	expect(again.values).toEqual(
		read(['--rate', '3.5', '--clients', '4', '--ack-timeout', '2s', '--message=-a', '--message', 'b=c', '--plain'])
			.values,
	);
});

describe('mistakes are one line that names the option', () => {
	test.each([
		[['--rat', '5'], /unknown option '--rat'; the nearest is --rate, lbtop test --help lists them all/],
		[['--ratte=5'], /unknown option '--ratte'; the nearest is --rate,/],
		[['--prefer-blue'], /unknown option '--prefer-blue'; the nearest is --\w+/],
		[['-x'], /unknown option '-x'; the nearest is --\w+/],
		[['--rate', 'fast'], /--rate <R>.*'fast'.*messages per second/],
		[['--rate', '-3'], /--rate|unknown option/],
		[['--clients', '0'], /--clients <N>.*1 to 10000/],
		[['--ack-timeout', '0'], /--ack-timeout <T>.*longer than 0/],
		[['--log', ''], /--log <FILE>.*empty/],
		[['--ack-timeout', '5'], /--ack-timeout <T>.*duration/],
		[['--ack-timeout', '600h'], /--ack-timeout <T>.*at most 24 days/],
		[['--service-time', 'uniform:5ms:1ms'], /--service-time <DIST>/],
		[['--server', 'nowhere'], /--server <SPEC>.*HOST:PORT/],
		[['--rate'], /--rate <R>.*argument missing/],
		[['stray'], /unexpected argument 'stray'/],
	])('%j', (argv, message) => {
		let error: unknown;
		try {
			read(argv);
		} catch (caught) {
			error = caught;
		}
		expect(error).toBeInstanceOf(UsageError);
		expect((error as UsageError).exitCode).toBe(2);
		expect((error as UsageError).message).toMatch(message);
		expect((error as UsageError).message).not.toContain('\n');
	});
	test('environment and file are named as the source', () => {
		expect(() => read([], {}, {LBTOP_RATE: 'x'})).toThrow(/LBTOP_RATE.*'x'/);
		expect(() => read([], {rate: 'x'})).toThrow(/lbtop.yaml, key rate.*'x'/);
		expect(() => read([], {ratte: 1})).toThrow("lbtop.yaml: unknown key 'ratte'; did you mean 'rate'?");
		const named = {...help, settings: 'mine.yaml'};
		expect(() => readOptions(named, rows, [], {rate: 'x'}, {})).toThrow(/^mine.yaml, key rate/);
		expect(() => readOptions(named, rows, [], {ratte: 1}, {})).toThrow(/^mine.yaml: unknown key 'ratte'/);
	});
	test.each([
		['an empty list for one value', {rate: []}, "lbtop.yaml, key rate: '' is invalid. It is one value, not a list."],
		['a list for one value', {rate: [1, 2]}, "lbtop.yaml, key rate: '1, 2' is invalid. It is one value, not a list."],
		['a list of one for one value', {rate: [1]}, "lbtop.yaml, key rate: '1' is invalid. It is one value, not a list."],
		['data for one value', {log: {a: 1}}, 'lbtop.yaml, key log: \'{"a":1}\' is invalid. It is one value, not a list.'],
		['no value', {log: null}, "lbtop.yaml, key log: '' is invalid. It has no value."],
		['no value in a list', {message: [null]}, "lbtop.yaml, key message: '' is invalid. It has no value."],
		['a flag that is neither', {plain: 'maybe'}, "lbtop.yaml, key plain: 'maybe' is invalid. It is true or false."],
	])('%s in the file', (_, file, message) => expect(() => read([], file)).toThrow(message));
});
