import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {judge, verdictOf} from '../../src/ledger/judge.ts';
import {createLogAudit} from '../../src/ledger/log-audit.ts';
import {
	executed,
	gaveUp,
	listening,
	lost,
	received,
	repeated,
	sent,
	started,
	stopped,
	told,
	up,
	whole,
} from './support/write-log.ts';

const audit = (...lines: string[]) => {
	const log = createLogAudit({keepsAll: true});
	const data = Buffer.from(lines.map(line => `${line}\n`).join(''));
	log.beginFile('log.txt');
	log.read(data, 0, data.length);
	return log;
};
const judged = (...lines: string[]) => judge(audit(...lines).current(), {isWhole: true});
const inLab = (...lines: string[]) => judged(started(), listening(1), listening(2), ...lines, stopped());

describe('verdicts', () => {
	test.each<[string, string[], object]>([
		['all well', whole('c1-1', 1), {verdict: 'PASS', sent: 1, acked: 1, executed: 1, lost: 0, doubles: 0, reasons: []}],
		['ACKed, executed by nobody', [sent('c1-1'), received('c1-1', 1)], {verdict: 'FAIL', lost: 1}],
		['executed by two', [...whole('c1-1', 1), executed('c1-1', 2)], {verdict: 'FAIL', doubles: 1, executed: 1}],
		[
			'executed twice by one',
			[...whole('c1-1', 1), executed('c1-1', 1), executed('c1-1', 1)],
			{verdict: 'FAIL', doubles: 1},
		],
		['answered again', [...whole('c1-1', 1), repeated('c1-1', 1)], {verdict: 'PASS', doubles: 0}],
		['given up', [sent('c1-1'), gaveUp('c1-1')], {verdict: 'PASS', gaveUp: 1, gaveUpExecuted: 0}],
		[
			'given up, executed',
			[sent('c1-1'), executed('c1-1', 1), gaveUp('c1-1')],
			{verdict: 'PASS', gaveUp: 1, gaveUpExecuted: 1},
		],
		[
			'executed by a life that was killed before its line',
			[sent('c1-1'), told('c1-1', 2, 1), received('c1-1', 2)],
			{verdict: 'PASS', executed: 1},
		],
		[
			'told, and its line is there too',
			[...whole('c1-1', 1), told('c1-1', 2, 1)],
			{verdict: 'PASS', executed: 1, doubles: 0},
		],
		[
			'known before this run',
			[sent('c1-1'), repeated('c1-1', 1), received('c1-1', 1)],
			{verdict: 'UNKNOWN', lost: 0, unknown: 1},
		],
		['never ended', [sent('c1-1'), executed('c1-1', 1)], {verdict: 'UNKNOWN', open: 1, unknown: 1}],
		['no word of the sending', [executed('c1-1', 1)], {verdict: 'UNKNOWN', unknown: 1}],
		['a number is missing', whole('c1-2', 1), {verdict: 'UNKNOWN', lost: 0}],
		[
			'ACKed, and the lines before are not here',
			[sent('c1-2', 2), received('c1-2', 1), ...whole('c1-3', 1)],
			{verdict: 'UNKNOWN', lost: 0, unknown: 1},
		],
		[
			'ACKed, and others were executed whose sending is not here',
			[sent('c1-1'), received('c1-1', 1), executed('c2-1', 1)],
			{verdict: 'UNKNOWN', lost: 0, unknown: 2},
		],
		[
			'an ID used twice',
			[...whole('c1-1', 1), sent('c1-1')],
			{
				verdict: 'UNKNOWN',
				reasons: [
					'1 message was sent for the first time twice: another lab or client in this log uses their IDs; --log gives each its own',
				],
			},
		],
		[
			'two messages of one ID',
			[...whole('c1-1', 1), ...whole('c1-1', 2), ...whole('c1-2', 1), executed('c1-2', 1)],
			{verdict: 'FAIL', doubles: 1, unknown: 1},
		],
		[
			'executed twice, and its ID used again',
			[...whole('c1-1', 1), executed('c1-1', 2), sent('c1-1')],
			{verdict: 'UNKNOWN', doubles: 0, unknown: 1},
		],
		[
			'lines of a server lost',
			[sent('c1-1'), received('c1-1', 1), lost('server-1', 3)],
			{verdict: 'UNKNOWN', lost: 0, unknown: 1},
		],
		['lines of the balancer lost', [...whole('c1-1', 1), lost('balancer', 3)], {verdict: 'PASS'}],
		['a server without a record', [sent('c1-1'), received('c1-1', 3)], {verdict: 'UNKNOWN', lost: 0, unknown: 1}],
		['a broken line', [...whole('c1-1', 1), 'ACK Sent: 2024-10'], {verdict: 'UNKNOWN'}],
		['another lab within', [...whole('c1-1', 1), stopped(8)], {verdict: 'UNKNOWN'}],
		['a message without our ID', [...whole('c1-1', 1), executed('mine', 1)], {verdict: 'PASS', unaudited: 1}],
	])('%s', (_, lines, expected) => expect(inLab(...lines)).toMatchObject(expected));

	test('a run without an end is never a pass; programs started by hand need none', () => {
		expect(judged(started(), ...whole('c1-1', 1))).toMatchObject({verdict: 'UNKNOWN'});
		expect(judged(...whole('c1-1', 1))).toMatchObject({verdict: 'PASS', start: {kind: 'hand'}});
	});
	test('a run that sent more than the log has lines of is no pass, be it for a file that is missing or for --log-detail off', () => {
		const run = [started(), listening(1), ...whole('c1-1', 1)];
		expect(judged(...run, stopped(7, 1))).toMatchObject({verdict: 'PASS'});
		expect(judged(...run, stopped(7, 3))).toMatchObject({
			verdict: 'UNKNOWN',
			reasons: ['the run sent 3 messages, and lines of 1 are here'],
		});
		expect(judged(started(), stopped(7, 500))).toMatchObject({verdict: 'UNKNOWN', sent: 0});
		expect(judged(...run, sent('c1-2'), received('c1-2', 1), stopped(7, 3))).toMatchObject({lost: 0, unknown: 1});
	});
	test('a server that was given messages and never answered may have executed them: no pass, though nothing is lost', () => {
		const silent = {
			...{verdict: 'UNKNOWN', lost: 0, gaveUp: 1},
			reasons: ['Mine keeps no record of what it executes in this log'],
		};
		const givenUp = [sent('c1-1'), gaveUp('c1-1')];
		expect(judged(started(), up('Mine'), ...givenUp, stopped())).toMatchObject(silent);
		const beside = [up('Server 1'), up('Server 2'), up('Mine'), ...whole('c1-2', 1), ...givenUp];
		expect(inLab(...beside)).toMatchObject(silent);
		// It is one of them under another name, or it is not: nothing is said against it.
		expect(inLab(up('Mine'), ...whole('c1-1', 1))).toMatchObject({verdict: 'PASS'});
		// Nothing was ever sent to it, or to anyone.
		expect(judged(started(), ...givenUp, stopped())).toMatchObject({verdict: 'PASS'});
		expect(judged(started(), up('Mine'), stopped())).toMatchObject({verdict: 'PASS', sent: 0});
	});
	test('servers that were told not to write their executions keep no record', () => {
		const lines = [started(), listening(1, 'clients'), sent('c1-1'), received('c1-1', 1), stopped()];
		expect(judged(...lines)).toMatchObject({verdict: 'UNKNOWN', lost: 0});
	});
	test('while the run goes on, what is open is no reason', () => {
		const log = audit(started(), ...whole('c1-1', 1), sent('c1-2'), executed('c2-1', 2));
		expect(judge(log.current(), {isWhole: false})).toMatchObject({verdict: 'PASS', open: 1, reasons: []});
	});
	test('runs are apart: IDs begin anew in each', () => {
		const log = audit(
			...whole('c1-1', 1),
			started(1),
			...whole('c1-1', 2),
			stopped(1),
			started(2),
			...whole('c1-1', 1),
			stopped(2),
		);
		expect(log.runs().map(run => judge(run, {isWhole: true}).verdict)).toEqual(['PASS', 'PASS', 'PASS']);
	});
	test('lines that end with a carriage return too, as an editor or git may have left them', () => {
		const lines = [started(), listening(1), ...whole('c1-1', 1), sent('c1-2'), received('c1-2', 1), stopped()];
		const log = audit(...lines.map(line => `${line}\r`));
		expect(judge(log.current(), {isWhole: true})).toEqual(judged(...lines));
		expect(log.broken.count + log.foreign.count).toBe(0);
		expect(log.current().servers).toEqual(['Server 1']);
	});
	test('the places of lines that could not be read', () => {
		const log = audit('hello', started(), `ACK Sent: 2024${executed('c1-1', 1)}`, 'ACK Sent: x', ...whole('c1-2', 1));
		expect(log.foreign).toEqual({count: 1, first: [{file: 'log.txt', line: 1}]});
		expect(log.broken.first.map(({line}) => line)).toEqual([3, 4]);
		expect(log.current().account.counts.executed).toBe(2);
	});
});

describe('law: the audit agrees with a plain model, whatever happened', () => {
	const message = fc.record({
		client: fc.integer({min: 1, max: 3}),
		executions: fc.array(fc.integer({min: 1, max: 5}), {maxLength: 3}),
		fate: fc.constantFrom('acked', 'given up', 'open'),
		repeats: fc.nat(2),
		attempts: fc.integer({min: 1, max: 3}),
	});
	type Message = {client: number; executions: number[]; fate: string; repeats: number; attempts: number};

	const modelOf = ({executions, fate}: Message) => {
		if (fate === 'acked' && executions.length === 0) return 'LOST';
		if (executions.length > 1) return 'DOUBLE';
		return fate === 'acked' ? undefined : fate === 'given up' ? 'GAVE UP' : 'UNKNOWN';
	};
	const linesOf = (id: string, {executions, fate, repeats, attempts}: Message) => [
		...Array.from({length: attempts}, (_, n) => sent(id, n + 1)),
		...executions.map(server => executed(id, server)),
		...(executions.length > 0 ? Array.from({length: repeats}, () => repeated(id, executions[0]!)) : []),
		...(fate === 'acked' ? [received(id, executions[0] ?? 1)] : fate === 'given up' ? [gaveUp(id)] : []),
	];

	test('verdicts and counts, lines of messages mixed, in pieces as they may be read', () => {
		fc.assert(
			fc.property(fc.array(message, {maxLength: 60}), fc.infiniteStream(fc.nat()), (messages, chance) => {
				const next = [0, 0, 0, 0];
				const all = messages.map(each => ({...each, id: `c${each.client}-${++next[each.client]!}`}));
				const queues = all.map(each => linesOf(each.id, each));
				const log = createLogAudit({keepsAll: false});
				const head = [1, 2, 3, 4, 5].map(n => listening(n));
				const mixed: string[] = [started(), ...head];
				while (queues.some(queue => queue.length > 0)) {
					const left = queues.filter(queue => queue.length > 0);
					mixed.push(left[chance.next().value! % left.length]!.shift()!);
				}
				for (const line of [...mixed, stopped()]) {
					const data = Buffer.from(`garbage before${line}\n`);
					log.read(data, 'garbage before'.length, data.length);
				}
				const run = log.current();
				const found = judge(run, {isWhole: true});
				const models = all.map(modelOf);
				for (const [index, {client, id, executions}] of all.entries()) {
					const sequence = Number(id.split('-')[1]);
					expect(verdictOf(run, found, client, sequence), id).toBe(models[index]);
					const names = run.account.executorsOf(client, sequence).map(server => run.servers[server]);
					expect(names.toSorted()).toEqual([...new Set(executions.map(n => `Server ${n}`))].sort());
				}
				const count = (is: (each: (typeof all)[number]) => boolean) => all.filter(is).length;
				expect(found).toMatchObject({
					sent: all.length,
					acked: count(({fate}) => fate === 'acked'),
					executed: count(({executions}) => executions.length > 0),
					lost: models.filter(model => model === 'LOST').length,
					doubles: count(({executions}) => executions.length > 1),
					gaveUp: count(({fate}) => fate === 'given up'),
					gaveUpExecuted: count(({fate, executions}) => fate === 'given up' && executions.length > 0),
					open: count(({fate}) => fate === 'open'),
				});
			}),
			{numRuns: 300},
		);
	});
	test('cut anywhere, and with any line away, it never passes a run that was not well', () => {
		const bad = [
			...whole('c1-1', 1),
			sent('c1-2'),
			received('c1-2', 2),
			...whole('c1-3', 2),
			...whole('c2-1', 1),
			executed('c2-1', 2),
		];
		const lines = [started(), listening(1), listening(2), ...bad, stopped()];
		expect(judged(...lines)).toMatchObject({verdict: 'FAIL', lost: 1, doubles: 1});
		for (let cut = 1; cut < lines.length; cut++) {
			expect(judged(...lines.slice(0, cut)).verdict, `without the end from ${cut}`).not.toBe('PASS');
			expect(judged(...lines.slice(cut)).verdict, `from line ${cut}`).not.toBe('PASS');
			const torn = [...lines.slice(0, cut), lines[cut]!.slice(0, 40), ...lines.slice(cut + 1)];
			expect(judged(...torn).verdict, `line ${cut} torn`).not.toBe('PASS');
		}
	});
});

test('100 million messages would take less than 200 MB', () => {
	const {account} = audit().current();
	for (let sequence = 1; sequence <= 500_000; sequence++) {
		account.begin(1 + (sequence % 5), Math.ceil(sequence / 5), true);
		account.execute(1 + (sequence % 5), Math.ceil(sequence / 5), sequence % 2);
		account.ack(1 + (sequence % 5), Math.ceil(sequence / 5), sequence % 2);
		if (sequence % 1000 === 0) account.fail(1 + (sequence % 5), Math.ceil(sequence / 5));
	}
	expect(account.bytes() / account.counts.begun).toBeLessThan(2);
});
