/** How a scenario is played, and what a run leaves behind for others than people: for CI, and for playing it again. */

import {mostRounds} from '../../domain/scenario.ts';
import {flag, row, suchAs, text, whole} from '../option-kinds.ts';
import type {Rows} from '../option-row.ts';

export const reportOptions = {
	repeat: row(
		'--repeat <N>',
		'plays the steps of the scenario so many times, each when all is well again',
		suchAs(3, whole(1, mostRounds)),
	),
	junit: row(
		'--junit <FILE>',
		'writes what was demanded and what came of it as JUnit XML',
		suchAs('lbtop-junit.xml', text),
	),
	annotations: row(
		'--annotations',
		"prints what failed as GitHub's annotations, ::error file=…,line=… (on by itself in GitHub Actions)",
		flag,
	),
	events: row('--events <FILE>', 'keeps all events, a line of JSON each, for lbtop replay', suchAs('run.ndjson', text)),
	record: row(
		'--record <FILE>',
		'writes what you press and ask for as a scenario that plays it again',
		suchAs('recorded.yaml', text),
	),
} satisfies Rows;
