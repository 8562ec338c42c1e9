import {afterEach, beforeEach, expect, test} from 'vitest';
import {lbtop, temporaryFolder} from '../support/lab.ts';
import {launch, type Term} from '../support/term.ts';

let folder: ReturnType<typeof temporaryFolder>;
let term: Term | undefined;
beforeEach(() => {
	folder = temporaryFolder();
});
afterEach(() => {
	term?.close();
	folder.close();
});

const left = '\x1b[D';
const right = '\x1b[C';
const running = /Server 1 +READY \d+ +UP[\s\S]*Server 2 +READY \d+ +UP/;
const killed = /Server 1 +STOPPED +DOWN/;

test('frozen after a kill, the screen goes back to before it and says when that was; the lab goes on', async () => {
	term = launch(process.execPath, [lbtop, '--rate', '50'], {columns: 120, rows: 40, cwd: folder.path});
	const screen = term;
	const header = () => screen.text()[0] ?? '';
	/** Presses a key and waits until the header has answered. */
	const scrub = async (key: string) => {
		const before = header();
		screen.press(key);
		await screen.until(() => header() !== before);
	};
	await screen.until(running, 20_000);
	// Some seconds of health, told by the lab's own clock.
	await screen.until(() => /RUN +\d+:(0[3-9]|[1-5]\d)/.test(header()), 20_000);
	screen.press('X');
	await screen.until(killed);
	await screen.until(/Server 1 stopped/);
	screen.press(' ');
	await screen.until(() => /FROZEN \d\d:\d\d:\d\d /.test(header()));
	expect(header()).not.toMatch(/-\d\d:\d\d/);
	for (let seconds = 0; seconds < 10 && !running.test(screen.screen()); seconds++) await scrub(left);
	await screen.until(running);
	const [, moment = '', ago = ''] = /FROZEN (\d\d:\d\d:\d\d) +-00:(\d\d)/.exec(header()) ?? [];
	expect(Number(ago)).toBeGreaterThan(0);
	// The moment itself is at the right end, and it is of the lab's clock.
	await screen.until(() => header().trimEnd().endsWith(moment));
	await screen.until(() => !/Server 1 stopped/.test(screen.screen()));
	// A frame may come in pieces, the log's after the header's.
	await screen.until(() => {
		const lastLine = screen.text().findLast(line => line.includes(' at=')) ?? '';
		const last = /at=(\d\d:\d\d:\d\d)/.exec(lastLine)?.[1] ?? '';
		return last !== '' && last <= moment;
	});
	for (let seconds = 0; seconds < 10 && !killed.test(screen.screen()); seconds++) await scrub(right);
	await screen.until(killed);
	screen.press(' ');
	await screen.until(() => !header().includes('FROZEN'));
	await screen.until(killed);
	screen.press('q');
	expect((await screen.exited).exitCode).toBe(0);
}, 60_000);
