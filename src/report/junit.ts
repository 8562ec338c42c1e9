/**
 * A run as JUnit XML, as Jenkins, GitLab and others read it: a test case for each demand. The schema that Jenkins's xunit
 * plugin holds results to (junit-10.xsd in https://github.com/jenkinsci/xunit-plugin) knows a file of a suite and none of a
 * test case; GitLab shows what stands within a failure, and takes two test cases of one name for one.
 */

import type {Demand} from './demands.ts';

type Run = {name: string; startedAt: string; durationMs: number; demands: Demand[]};

/**
 * What failed is a failure; what cannot be said is an error: never a pass. A ledger that is not kept and that nothing asked
 * for is skipped.
 */
export function junitXml({name, startedAt, durationMs, demands}: Run): string {
	const failures = demands.filter(({ok}) => ok === false).length;
	const skipped = demands.filter(isSkipped).length;
	const errors = demands.filter(({ok}) => ok === null).length - skipped;
	const file = demands.find(demand => demand.file !== undefined)?.file;
	const place = file === undefined ? '' : ` file="${escapeXml(file)}"`;
	const counts = `tests="${demands.length}" failures="${failures}" errors="${errors}" time="${seconds(durationMs)}"`;
	return [
		'<?xml version="1.0" encoding="UTF-8"?>',
		`<testsuites name="lbtop" ${counts}>`,
		`  <testsuite name="${escapeXml(name)}" ${counts} skipped="${skipped}" timestamp="${escapeXml(startedAt)}"${place}>`,
		...withOwnNames(demands).map(demand => `    ${testCase(name, demand)}`),
		'  </testsuite>',
		'</testsuites>',
		'',
	].join('\n');
}

/** The second of one name is `name (2)`. */
function withOwnNames(demands: Demand[]): Demand[] {
	const times = new Map<string, number>();
	return demands.map(demand => {
		const key = `${demand.group} ${demand.name}`;
		const time = (times.get(key) ?? 0) + 1;
		times.set(key, time);
		return time === 1 ? demand : {...demand, name: `${demand.name} (${time})`};
	});
}

function testCase(run: string, demand: Demand): string {
	const {name, group, ok, why, file, line} = demand;
	const head = `<testcase classname="${escapeXml(`${run}.${group}`)}" name="${escapeXml(name)}"`;
	if (ok === true) return `${head}/>`;
	const what = isSkipped(demand) ? 'skipped' : ok === false ? 'failure' : 'error';
	const text = file === undefined ? why : `${file}:${line}: ${why}`;
	return `${head}><${what} message="${escapeXml(why)}">${escapeXml(text)}</${what}></testcase>`;
}

function isSkipped({group, ok}: Demand): boolean {
	return group === 'ledger' && ok === null;
}

function seconds(ms: number): string {
	return (ms / 1000).toFixed(3);
}

/** What XML 1.0 cannot hold at all becomes U+FFFD. */
function escapeXml(text: string): string {
	return text
		.replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\u{FFFD}')
		.replace(/[&<>"'\t\n\r]/g, character => `&#${character.codePointAt(0)};`);
}
