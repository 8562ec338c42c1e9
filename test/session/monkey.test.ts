/** Keys, pastes and sizes by chance on a real lab: it lives, Esc leads back, and the law of the counts holds. */

import {setTimeout as wait} from 'node:timers/promises';
import {afterEach, expect, test} from 'vitest';
import {ask} from '../../src/control/control-client.ts';
import {socketPath} from '../../src/control/socket-path.ts';
import {seededRandom} from '../../src/domain/random.ts';
import {lbtop, temporaryFolder} from '../support/lab.ts';
import {launch, type Term} from '../support/term.ts';
import {until} from '../support/until.ts';

const folder = temporaryFolder();
let term: Term | undefined;
afterEach(() => {
	term?.close();
	folder.close();
});

const seed = 7;
const inputs = 700;
/** All but those that end the lab, leave the terminal, write files, or start one more process each. */
const typed = [...'xXsrRpDdewioujkgG123456zL+-a:?/&fhltm[]yTcCM,.<>NO 0z9k=\t\r\x7f\x04\x15\x17\x0c'].filter(
	key => !'QqSon'.includes(key),
);
const sequences = [
	'\x1b[A',
	'\x1b[B',
	'\x1b[C',
	'\x1b[D',
	'\x1b[5~',
	'\x1b[6~',
	'\x1b[H',
	'\x1b[F',
	'\x1b[Z',
	'\x1bOP',
];
const pastes = ['\x1b[200~kill all\rquit\r\x1b[201~', '\x1b[200~\x1b[31m日本語🙂\x1b[201~', 'quit now\rquit now\r'];
const reports = ['\x1b[<0;10;5M', '\x1b[<64;20;20M', '\x1b[<65;70;12M'];
const sizes = [
	{columns: 120, rows: 40},
	{columns: 80, rows: 24},
	{columns: 60, rows: 16},
	{columns: 30, rows: 8},
];

test(`${inputs} inputs of seed ${seed}`, async () => {
	const random = seededRandom(seed);
	const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
	const screen = launch(process.execPath, [lbtop, '--rate', '50'], {...sizes[0]!, cwd: folder.path});
	term = screen;
	await screen.until(/Server 1 +READY \d+ +UP[\s\S]*Server 2 +READY \d+ +UP/, 30_000);
	// From here on anything may be killed for good.
	await screen.until(/ACKED [1-9]/, 30_000);
	for (let done = 0; done < inputs; done++) {
		const chance = random();
		if (chance < 0.03) screen.resize(pick(sizes));
		else if (chance < 0.06) screen.press(pick(pastes));
		else if (chance < 0.1) screen.press(pick(reports));
		else if (chance < 0.15) screen.press('\x1b');
		else screen.press(chance < 0.3 ? pick(sequences) : pick(typed));
		// What comes at once is one input for the lab: a paste. This is the pace of a hand, not a wait for something.
		await wait(chance >= 0.03 && chance < 0.06 ? 120 : 4);
	}
	screen.resize(sizes[0]!);
	// One at a time: two together would be a key with Alt, as they are for a lab that was held up.
	await until(
		async () => {
			for (const key of [...Array<string>(12).fill('\x1b'), '1', '?']) {
				screen.press(key);
				await wait(120);
			}
			return screen.until(/Here: 1 servers/, 2000).catch(() => false);
		},
		{what: 'Esc leads back'},
	);
	const answer = await ask(socketPath(screen.pid), {type: 'status'}, {waitMs: 25_000});
	if (!answer.ok || !answer.status) throw new Error(JSON.stringify(answer));
	const {sent, acked, failed, inFlight} = answer.status;
	expect(sent).toBe(acked + failed + inFlight);
	expect(sent).toBeGreaterThan(0);
	expect(screen.text().every(line => line.length <= 120)).toBe(true);
	screen.press('\x1b');
	await screen.until(() => !/Here: 1 servers/.test(screen.screen()));
	screen.press('Q');
	expect((await screen.exited).exitCode).toBeLessThanOrEqual(3);
	expect(screen.isAlternateScreen()).toBe(false);
	expect(screen.raw()).not.toMatch(/\n {4}at |TypeError|ReferenceError/);
}, 120_000);
