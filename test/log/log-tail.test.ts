import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {appendFileSync, renameSync, truncateSync, unlinkSync, writeFileSync} from 'node:fs';
import fc from 'fast-check';
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, it} from 'vitest';
import {openGrowingFile} from '../../src/log/growing-file.ts';
import {parseLogLine} from '../../src/log/log-line.ts';
import {type FollowSettings, followLog, readBound} from '../../src/log/log-tail.ts';
import {bundleProgram} from '../support/bundle.ts';
import {until} from '../support/until.ts';
import {openLog} from './log-file-support.ts';

let log: ReturnType<typeof openLog>;
let followers: {close(): void}[] = [];
beforeEach(() => {
	log = openLog();
});
afterEach(() => {
	for (const follower of followers) follower.close();
	followers = [];
	log.close();
});

function follow(settings: Partial<FollowSettings> = {}) {
	const seen = {lines: [] as string[], bytes: 0, skippedBytes: 0, calls: 0};
	const onLines: FollowSettings['onLines'] = (lines, {bytes, skippedBytes}) => {
		seen.lines.push(...lines);
		seen.bytes += bytes;
		seen.skippedBytes += skippedBytes;
		seen.calls++;
	};
	followers.push(followLog({file: log.file, onLines, intervalMs: 10, ...settings}));
	return seen;
}

const has = (seen: {lines: string[]}, count: number) =>
	until(() => seen.lines.length >= count, {what: () => `${count} lines, not ${seen.lines.length}`});

describe('what is there already', () => {
	it('is left out, what comes is told', async () => {
		writeFileSync(log.file, 'old 1\nold 2\n');
		const seen = follow();
		appendFileSync(log.file, 'new 1\nnew 2\n');
		await has(seen, 2);
		expect(seen).toMatchObject({lines: ['new 1', 'new 2'], bytes: 12, skippedBytes: 0});
	});

	it('is told from a line’s beginning on when wanted', async () => {
		writeFileSync(log.file, 'old 1\nold 2\nold 3\n');
		expect(follow({fromEndBytes: 12})).toMatchObject({lines: ['old 2', 'old 3'], bytes: 12, skippedBytes: 0});
		expect(follow({fromEndBytes: 11})).toMatchObject({lines: ['old 3'], skippedBytes: 0});
		expect(follow({fromEndBytes: 1000}).lines).toHaveLength(3);
	});

	it('is all told when the file appears only later', async () => {
		const seen = follow();
		writeFileSync(log.file, 'a\nb\n');
		await has(seen, 2);
	});
});

describe('a line', () => {
	it('is told when it is whole, also when a character comes in two pieces', async () => {
		writeFileSync(log.file, '');
		const seen = follow();
		const bytes = Buffer.from('first\nhé日🙂\n');
		appendFileSync(log.file, bytes.subarray(0, 13));
		await has(seen, 1);
		expect(seen.lines).toEqual(['first']);
		appendFileSync(log.file, bytes.subarray(13));
		await has(seen, 2);
		expect(seen.lines).toEqual(['first', 'hé日🙂']);
	});

	it('that a stranger wrote moves no terminal', async () => {
		writeFileSync(log.file, '');
		const seen = follow();
		appendFileSync(log.file, 'a\x1b[2Jb\r\n');
		await has(seen, 1);
		expect(seen.lines).toEqual(['a\\x1b[2Jb\\x0d']);
	});

	it('law: pieces of any size give the same lines, and every byte is accounted for', () => {
		const line = fc.string({unit: fc.constantFrom('a', 'é', '🙂', ' '), maxLength: 12});
		const piece = fc.integer({min: 1, max: 9});
		fc.assert(
			fc.property(fc.array(line), fc.infiniteStream(piece), (lines, sizes) => {
				const data = Buffer.from(lines.map(each => `${each}\n`).join(''));
				writeFileSync(log.file, '');
				const file = openGrowingFile(log.file)!;
				const seen: string[] = [];
				let bytes = 0;
				for (let at = 0; at < data.length; ) {
					const end = at + sizes.next().value!;
					appendFileSync(log.file, data.subarray(at, end));
					at = end;
					const read = file.read(readBound);
					seen.push(...read.lines);
					bytes += read.bytes;
				}
				file.finish();
				expect(seen).toEqual(lines);
				expect(bytes).toBe(data.length);
			}),
			{numRuns: 30},
		);
	});
});

describe('the file', () => {
	it('is read on after a rename, its late lines too, then the new one from its beginning', async () => {
		writeFileSync(log.file, '');
		const seen = follow();
		appendFileSync(log.file, '1\n');
		renameSync(log.file, `${log.file}.old`);
		appendFileSync(`${log.file}.old`, '2\n');
		writeFileSync(log.file, '3\n');
		await has(seen, 3);
		appendFileSync(`${log.file}.old`, 'late\n');
		await has(seen, 4);
		expect(seen.lines).toEqual(['1', '2', '3', 'late']);
	});

	it('is read from its beginning after it was emptied', async () => {
		writeFileSync(log.file, '');
		const seen = follow();
		appendFileSync(log.file, '1\n2\nunfinished');
		await has(seen, 2);
		truncateSync(log.file, 0);
		await new Promise(resolve => setImmediate(resolve));
		appendFileSync(log.file, '3\n');
		await has(seen, 3);
		expect(seen.lines).toEqual(['1', '2', '3']);
	});

	it('may be missing for a while', async () => {
		writeFileSync(log.file, '');
		const seen = follow();
		unlinkSync(log.file);
		appendFileSync(log.file, 'again\n');
		await has(seen, 1);
	});
});

describe('too much at once', () => {
	it('is skipped but for the last whole lines, and counted', async () => {
		writeFileSync(log.file, '');
		const seen = follow();
		const lines = Array.from({length: 20_000}, (_, i) => `line ${i} ${'x'.repeat(40)}`);
		const data = `${lines.join('\n')}\n`;
		appendFileSync(log.file, data);
		await until(() => seen.calls > 0);
		expect(seen.bytes + seen.skippedBytes).toBe(data.length);
		expect(seen.bytes).toBeGreaterThan(readBound - 100);
		expect(seen.bytes).toBeLessThanOrEqual(readBound);
		expect(seen.lines).toEqual(lines.slice(-seen.lines.length));
	});

	it('of one line without an end costs no more than that', () => {
		writeFileSync(log.file, 'x'.repeat(3 * readBound));
		const file = openGrowingFile(log.file)!;
		expect(file.read(readBound)).toEqual({lines: [], bytes: 0, skippedBytes: 2 * readBound});
		appendFileSync(log.file, `${'x'.repeat(readBound)}\nnext\n`);
		const {lines, skippedBytes} = file.read(readBound);
		expect(lines).toEqual(['next']);
		expect(skippedBytes).toBe(2 * readBound + 1);
		file.finish();
	});
});

it('closes twice, and tells nothing after', async () => {
	writeFileSync(log.file, '');
	const seen = follow();
	const other = follow();
	const [first] = followers;
	first!.close();
	first!.close();
	appendFileSync(log.file, 'x\n');
	await has(other, 1);
	expect(seen.lines).toEqual([]);
});

describe('with a real writer that rotates', () => {
	let program: Awaited<ReturnType<typeof bundleProgram>>;
	beforeAll(async () => {
		program = await bundleProgram('test/programs/writes-log-lines.ts');
	});
	afterAll(() => program.close());

	it('every line is told once, in order', async () => {
		const seen = follow();
		// Whoever opens the file only after it was rotated cannot have seen its beginning.
		appendFileSync(log.file, 'opened\n');
		await has(seen, 1);
		const count = 3000;
		const args = [log.file, 'a', count, 150_000, 100].map(String);
		const child = spawn(process.execPath, [program.file, ...args], {stdio: 'ignore'});
		await once(child, 'exit');
		expect(log.files()).toEqual(['log.1.txt', 'log.txt']);
		await has(seen, count + 1);
		expect(seen.skippedBytes).toBe(0);
		const ids = seen.lines.slice(1).map(line => parseLogLine(line)?.values?.id);
		expect(ids).toEqual(Array.from({length: count}, (_, i) => `a-${i + 1}`));
	});
});
