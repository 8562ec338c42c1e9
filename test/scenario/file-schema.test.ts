import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {Ajv2020} from 'ajv/dist/2020.js';
import {describe, expect, test} from 'vitest';
import {parse, stringify} from 'yaml';
import {planOptions} from '../../src/cli/options/index.ts';
import {scenarioFileSchema} from '../../src/scenario/file-schema.ts';
import {readScenario} from '../../src/scenario/read-scenario.ts';

const schema = scenarioFileSchema(planOptions);
const ajv = new Ajv2020({allowUnionTypes: true});
const isGood = ajv.compile(schema);
const folder = path.resolve(import.meta.dirname, '../../scenarios');

function isTaken(file: unknown): boolean {
	try {
		readScenario(stringify(file), {file: 'test.yaml', rows: planOptions});
		return true;
	} catch {
		return false;
	}
}

test('is a schema', () => expect(ajv.validateSchema(schema)).toBe(true));

test.each(readdirSync(folder))('%s, which comes with lbtop, is good', file => {
	isGood(parse(readFileSync(path.join(folder, file), 'utf8')));
	expect(isGood.errors).toBeNull();
});

const step = (more: object) => ({steps: [{do: 'kill server-1', ...more}]});

describe('scenario and schema are of one mind', () => {
	test.each<[boolean, unknown]>([
		[true, {}],
		[true, {rate: 200, clients: 5, server: ['127.0.0.1:9001']}],
		[true, step({at: '5s'})],
		[true, step({at: 0})],
		[true, step({at: '5s', say: 'now', when: 'acked>3', within: '10s'})],
		[true, {steps: [{do: ['kill server-1', {type: 'kill', part: 'server-2'}]}]}],
		[true, {steadyState: ['acked>0']}],
		[true, {steadyState: {checks: ['acked>0'], within: '5s'}}],
		[true, {checks: ['failed==0', {expr: 'failed==0', abort: true, after: '10s'}]}],
		[true, {undo: ['start server-1'], repeat: 3}],
		[false, null],
		[false, []],
		[false, {stps: []}],
		[false, {check: ['failed==0']}],
		[false, {theme: 'dark'}],
		[false, {rate: 'fast'}],
		[false, {clients: 0}],
		[false, {title: ''}],
		[false, {repeat: 0}],
		[false, {steps: {}}],
		[false, step({at: 5})],
		[false, step({at: 'soon'})],
		[false, step({whenn: 'acked>3'})],
		[false, step({when: 'acked>3; abort'})],
		[false, {steps: [{do: 5}]}],
		[false, {steadyState: 'acked>0'}],
		[false, {steadyState: ['acked>0; abort']}],
		[false, {checks: [{abort: true}]}],
		[false, {checks: [{expr: 'failed==0', abort: 'yes'}]}],
		[false, {undo: [5]}],
	])('%j: %j', (expected, file) => expect([isGood(file), isTaken(file)]).toEqual([expected, expected]));
	test.each([
		['keys that contradict each other', step({at: '5s', after: '5s'})],
		['a step without a deed', {steps: [{at: '5s'}]}],
		['a command that is none', {steps: [{do: 'kick server-1'}]}],
	])('but for %s', (_, file) => expect([isGood(file), isTaken(file)]).toEqual([true, false]));
});
