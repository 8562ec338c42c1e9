/** A run as JUnit XML, as Jenkins, GitLab and others read it: a test case for each demand. https://github.com/jenkinsci/xunit-plugin has the schema. */

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
	const counts = `tests="${demands.length}" failures="${failures}" errors="${errors}" time="${seconds(durationMs)}"`;
	return [
		'<?xml version="1.0" encoding="UTF-8"?>',
		`<testsuites name="lbtop" ${counts}>`,
		`  <testsuite name="${escapeXml(name)}" ${counts} skipped="${skipped}" timestamp="${escapeXml(startedAt)}">`,
		...demands.map(demand => `    ${testCase(name, demand)}`),
		'  </testsuite>',
		'</testsuites>',
		'',
	].join('\n');
}

function testCase(run: string, demand: Demand): string {
	const {name, group, ok, why, file, line} = demand;
	const place = file === undefined ? '' : ` file="${escapeXml(file)}" line="${line}"`;
	const head = `<testcase classname="${escapeXml(`${run}.${group}`)}" name="${escapeXml(name)}"${place}`;
	if (ok === true) return `${head}/>`;
	const what = isSkipped(demand) ? 'skipped' : ok === false ? 'failure' : 'error';
	return `${head}><${what} message="${escapeXml(why)}"/></testcase>`;
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
