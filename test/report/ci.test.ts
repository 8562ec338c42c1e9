import {expect, test} from 'vitest';
import {annotations} from '../../src/report/annotations.ts';
import {demandsOf} from '../../src/report/demands.ts';
import {junitXml} from '../../src/report/junit.ts';
import {summarize} from '../../src/report/summary.ts';
import {initialState} from '../../src/state/initial.ts';
import {testPlan} from '../support/plan.ts';

const plain = summarize(initialState(testPlan(), {at: 0, wallMs: 0, pid: 0}));
const entry = {kind: 'step' as const, times: 1, line: 4};
const summary = {
	...plain,
	lost: 0,
	durationMs: 1500,
	checks: [
		{expr: 'failed<5 & "x"', ok: false, value: 9},
		{expr: 'lost==0', ok: null, value: null},
		{expr: 'acked>5', ok: true, value: 9},
	],
	scenario: {
		name: 'kill-one',
		file: 'a,b.yaml',
		stage: 'ended' as const,
		entries: [
			{...entry, text: 'at 1 s: kill server-1', ok: true},
			{...entry, line: 7, text: 'wait\u0000 for it', ok: false, reason: 'not within 30 s\nand 100%'},
			{...entry, line: 9, text: 'rate 5', ok: null},
			{...entry, kind: 'undo' as const, text: 'start server-1', ok: false},
		],
	},
};
const demands = demandsOf(summary, [20, 21]);

test('each demand is a test case; what cannot be said is an error, an undo is none', () => {
	const xml = junitXml({name: 'kill <one>', startedAt: '2026-01-01T00:00:00Z', durationMs: 1500, demands});
	expect(xml).toContain('tests="7" failures="2" errors="2" time="1.500" skipped="0"');
	expect(xml).toContain(
		'name="failed&#60;5 &#38; &#34;x&#34;"><failure message="is 9">a,b.yaml:20: is 9</failure></testcase>',
	);
	expect(xml).toContain(
		'<failure message="not within 30 s&#10;and 100%">a,b.yaml:7: not within 30 s&#10;and 100%</failure>',
	);
	expect(xml).toContain('name="wait\u{FFFD} for it"');
	expect(xml).toContain('name="acked&#62;5"/>');
	expect(xml).not.toContain('start server-1');
	expect(elementsOf(xml).filter(name => name === 'testcase')).toHaveLength(7);
});

test("the attributes are those of the schema that Jenkins holds results to; a file is the suite's", () => {
	const xml = junitXml({name: 'kill-one', startedAt: '2026-01-01T00:00:00Z', durationMs: 1500, demands});
	const allowed: Record<string, string[]> = {
		testsuites: ['name', 'time', 'tests', 'failures', 'errors'],
		testsuite: ['name', 'tests', 'failures', 'errors', 'time', 'skipped', 'timestamp', 'file'],
		testcase: ['name', 'time', 'classname', 'group'],
		failure: ['type', 'message'],
		error: ['type', 'message'],
		skipped: ['type', 'message'],
	};
	const found = [...xml.matchAll(/<(\w+)((?: \w+="[^"]*")*)/g)];
	for (const [, element = '', attributes = ''] of found)
		for (const [, attribute] of attributes.matchAll(/ (\w+)="/g))
			expect(allowed[element], element).toContain(attribute);
	expect(xml).toContain(' file="a,b.yaml">');
});

test('demands of one name are test cases of their own names', () => {
	const twice = [1, 2].map(line => ({name: 'resume server-1', group: 'step', ok: true, why: '', file: 'a.yaml', line}));
	const xml = junitXml({
		name: 'run',
		startedAt: '',
		durationMs: 0,
		demands: [...twice, {...twice[0]!, group: 'check'}],
	});
	expect([...xml.matchAll(/classname="([^"]*)" name="([^"]*)"/g)].map(([, where, name]) => `${where} ${name}`)).toEqual(
		['run.step resume server-1', 'run.step resume server-1 (2)', 'run.check resume server-1'],
	);
});

test('without a ledger that is skipped; where a check asks for it, that check is an error', () => {
	const demanded = demandsOf({...plain, lost: null, checks: []}, []);
	expect(junitXml({name: 'run', startedAt: '', durationMs: 0, demands: demanded})).toContain(
		'errors="0" time="0.000" skipped="1"',
	);
	expect(annotations('run', demanded)).toEqual([]);
});

test('annotations name file and line, and nothing in them ends a line or a property', () => {
	expect(annotations('kill-one', demands)).toEqual([
		'::error file=a%2Cb.yaml,line=7,title=lbtop kill-one%3A step failed::wait\\x00 for it: not within 30 s\\xaand 100%25'.replace(
			'\\xa',
			'\\x0a',
		),
		'::error file=a%2Cb.yaml,line=9,title=lbtop kill-one%3A step unknown::rate 5: the run never came to it',
		'::error file=a%2Cb.yaml,line=20,title=lbtop kill-one%3A check failed::failed<5 & "x": is 9',
		'::error file=a%2Cb.yaml,line=21,title=lbtop kill-one%3A check unknown::lost==0: cannot be judged: the value is unknown',
	]);
});

/** Names of all elements of a well-formed XML text; throws for one that is not. */
function elementsOf(xml: string): string[] {
	const open: string[] = [];
	const names: string[] = [];
	const attribute = / [\w]+="(?:[^"<&]|&#\d+;)*"/;
	const tag = new RegExp(`<(/?)(\\w+)((?:${attribute.source})*)(/?)>`, 'y');
	const text = /(?:[^<>&]|&#\d+;)*/y;
	let index = xml.indexOf('?>') + 2;
	while (index < xml.length) {
		text.lastIndex = index;
		index += text.exec(xml)![0].length;
		if (index === xml.length) break;
		tag.lastIndex = index;
		const match = tag.exec(xml);
		if (!match) throw new Error(`not well-formed at ${index}: ${xml.slice(index, index + 80)}`);
		const [all, isEnd, name = '', , isEmpty] = match;
		index += all.length;
		if (!isEnd) names.push(name);
		if (isEnd && open.pop() !== name) throw new Error(`${name} is not open`);
		if (!isEnd && !isEmpty) open.push(name);
	}
	if (open.length > 0) throw new Error(`${open.join()} is not closed`);
	return names;
}
