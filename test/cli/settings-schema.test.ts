/** Two judges of one file: lbtop and its JSON Schema. */

import {Ajv2020} from 'ajv/dist/2020.js';
import {describe, expect, test} from 'vitest';
import {readOptions} from '../../src/cli/option.ts';
import {options, planOptions} from '../../src/cli/options/index.ts';
import {reportOptions} from '../../src/cli/options/scenario.ts';
import {screenOptions} from '../../src/cli/options/screen.ts';
import {settingRows, settingSections} from '../../src/cli/options/settings.ts';
import {settingsSchema} from '../../src/cli/settings-schema.ts';

const help = {name: 'lbtop test', summary: () => 'test', example: 'lbtop test'};
const schema = settingsSchema(settingRows);
const ajv = new Ajv2020({allowUnionTypes: true});
const isGood = ajv.compile(schema);
const seen = Object.entries(settingRows).filter(([, {hidden}]) => !hidden);

function isTaken(file: Record<string, unknown>, rows = settingRows): boolean {
	try {
		readOptions(help, rows, [], file, {});
		return true;
	} catch {
		return false;
	}
}

describe('the keys', () => {
	test('are those that the lab takes, each under one heading', () => {
		const {json, lang} = options;
		const taken = {...planOptions, ...reportOptions, ...screenOptions, json, lang};
		const keys = settingSections.flatMap(({rows}) => Object.keys(rows));
		expect(keys.toSorted()).toEqual(Object.keys(taken).toSorted());
	});
	test('and no others, in the schema either', () => {
		const all = [...seen.map(([key]) => key), 'noColor'];
		expect(Object.keys(schema.properties as object).toSorted()).toEqual(all.toSorted());
		expect([isGood({ratte: 1}), isTaken({ratte: 1})]).toEqual([false, false]);
	});
	test('have a default, or an example', () => {
		const properties = schema.properties as Record<string, {default?: unknown; examples?: unknown[]}>;
		for (const [key, row] of seen) {
			const {default: usual, examples = []} = properties[key]!;
			const values = [usual, ...examples].filter(value => value !== undefined);
			expect(values.length, key).toBe(1);
			expect(isGood({[key]: values[0]}), `${key}: ${JSON.stringify(values[0])}`).toBe(true);
			if (row.fallback !== undefined) expect(String(usual)).toBe(row.fallback);
		}
	});
});

test('the schema is one, and names no more than every reader of the draft knows', () => {
	expect(ajv.validateSchema(schema)).toBe(true);
	expect(new Ajv2020({strict: true, strictTypes: false}).validate(schema, null)).toBe(true);
});

describe('the schema for editors', () => {
	const editor = settingsSchema(settingRows, 'editor');
	test('judges as the other does', () => {
		const withoutWords = JSON.parse(
			JSON.stringify(editor, (key, value) => (key === 'errorMessage' ? undefined : value)),
		);
		expect(withoutWords).toEqual(schema);
	});
	test.each([
		['ackTimeout', 'soon', 'It is a duration such as 500ms, 5s or 2m.'],
		['warmup', 5, 'It is a duration such as 500ms, 5s or 2m.'],
		['clients', 'many', 'It is a whole number from 1 to 10000.'],
		['rate', 'fast', /^It is messages per second in all/],
		['server', ['x'], /^HOST:PORT/],
		['plain', 'maybe', 'It is true or false.'],
		['check', {}, /^is a check such as 'failed==0'/],
	])('says of %s: %j what lbtop says', (key, value, message) => {
		const judge = new Ajv2020({allowUnionTypes: true, verbose: true, allErrors: true}).addKeyword('errorMessage');
		const isGood = judge.compile(editor);
		expect(isGood({[key]: value})).toBe(false);
		const said = isGood.errors!.map(({parentSchema}) => parentSchema?.errorMessage);
		expect(said).toEqual(
			expect.arrayContaining([typeof message === 'string' ? message : expect.stringMatching(message)]),
		);
	});
});

test('a file of comments is a good one', () => expect(isGood(null)).toBe(true));

const durations = ['0', '500ms', ' 5s ', '1.5m', '5', '0s', '0.0ms', '600h', '-1s', '5 s', '.5s', '5S', 'soon'];
const rates = ['max', '100..5000/30s', '100..5000/0', '0..0/30s', '100,500@10s', '100@10s', '100,0@0.5s', '1e3..5/1s'];
const bursts = ['100+500@10s', '100+0@10s', '100+1.5@10s', '2000000'];
const times = [
	'uniform:2ms:8ms',
	'uniform:8ms:2ms',
	'uniform:2ms',
	'lognormal:5ms:0.5',
	'lognormal:5ms:-1',
	'exp:5ms:1',
];
const specs = [
	...['127.0.0.1:9001', '127.0.0.1', '[::1]:9001,name=A', 'h:1,weight=2,maxconn=3', 'weight=2,h:1', 'h:1,,', 'name=A'],
	...['name=A,command=node a.js {port}', 'command=a,b,weight=2', 'command= ', 'h:1,x=2', 'h:1,name=', 'h:1,weight=two'],
	...['h:1,weight=999', 'h:99999', 'h:1,command=x', 'h:1,h:2', 'h:1,name=A\u0001'],
];
const words = [
	'round-robin',
	'p2c',
	'maglevv',
	'connection',
	'none',
	'redis://h:1',
	'redis:',
	'en',
	'fr',
	'auto',
	'off',
];
const texts = ['', ' ', 'yes', 'No', 'ON', 'maybe', 'PING\\n', 'a\\', 'a\\x4', 'a\\x41', '5:100:1.9', '5:100', 'a:b:c'];
const numbers = ['1', '007', '-1', '1.5', '1e3', 0, 1, 2, 1.5, -1, 10, 64, 65, 70_000, 1e6, 1e7, 5e9, 1e-7];
const sizes = ['100mb', '1GB', '0kb', '5tb'];
const keys = ['kill=K', ' kill=K palette=ctrl-p,f1', 'kill', 'Kill=K', {kill: 'K'}, {kill: ['K', 'f1']}, {kill: 5}, {}];
const checks = [{expr: 'failed==0'}, {expr: 'a', abort: true, after: '10s'}, {expr: 'a', abort: 'yes'}, {abort: true}];
const none = [null, {kill: null}, {kill: []}, {kill: ''}, {Kill: 'K'}, {expr: 'a', more: 1}];
const lists = [
	[],
	[1],
	['a', 'b'],
	[null],
	[[1]],
	[true, 'x'],
	specs.slice(0, 2),
	[specs[0]],
	[{expr: 'a'}, 'b'],
	[{}],
];
const values: unknown[] = [
	...[true, false, ...numbers, ...durations, ...durations.map(each => `exp:${each}`), ...rates, ...bursts, ...times],
	...[...specs, ...words, ...texts, ...sizes, ...keys, ...checks, ...none, ...lists],
];

/** What the schema takes and lbtop does not: it counts nothing within a text, and compares nothing. */
const laxer = [
	...['600h', '0', '2000000', '0..0/30s', '100+0@10s', '100+1.5@10s', 'uniform:8ms:2ms'],
	...['h:1,weight=999', 'h:99999', 'h:1,command=x', 'h:1,h:2', 'h:1,name=A\u0001', 'exp:0'],
];

describe('what lbtop takes, the schema takes, and what it does not, it does not', () => {
	const tooLax = new Set<unknown>();
	test.each(seen.filter(([key]) => key !== 'arrivalsFile'))('%s', (key, row) => {
		// lbtop does not see yet that the screen knows no key by such a name.
		const own = [row.schema.enum ?? []].flat();
		const judged = [...own, ...(key === 'keys' ? values.filter(value => !checks.includes(value as never)) : values)];
		let taken = 0;
		for (const value of judged) {
			const [ours, theirs] = [isTaken({[key]: value}, {[key]: row}), isGood({[key]: value})];
			if (ours) taken++;
			const isKnown = theirs && laxer.includes(value as string);
			if (ours !== theirs && isKnown) tooLax.add(value);
			else expect(theirs, `${key}: ${JSON.stringify(value)}`).toBe(ours);
		}
		expect(taken).toBeGreaterThan(0);
		expect(taken).toBeLessThan(judged.length);
	});
	test('and where it is laxer, that is so still', () => expect([...tooLax].toSorted()).toEqual(laxer.toSorted()));
	test('a file is named, whether it is there or not', () => expect(isGood({arrivalsFile: 'none.txt'})).toBe(true));
	test.each([true, false, 'off', 'maybe', 1, 2, [true], null])('noColor: %j', value =>
		expect(isGood({noColor: value})).toBe(isTaken({noColor: value})),
	);
});
