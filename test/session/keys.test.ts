/** Every row of the table of keys, pressed on a terminal over a real lab. A row that is not proved here fails the suite. */

import {existsSync, readdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {keymap} from '../../src/ui/keymap/keymap.ts';
import {lbtop, temporaryFolder} from '../support/lab.ts';
import {launch, type Term} from '../support/term.ts';

let folder: ReturnType<typeof temporaryFolder>;
let term: Term;

const stamp = (index: number) => `12:00:${String(index).padStart(2, '0')}`;
const oldLine = (index: number) =>
	`ACK Sent: 2020-01-01 ${stamp(index)} - old line ${index} | at=${stamp(index)}.100 by=server-1 id=c1-${index}`;

/** Two servers, little load; without colour, so that the focus is told by the border. */
beforeAll(async () => {
	folder = temporaryFolder();
	writeFileSync(path.join(folder.path, 'log.txt'), `${Array.from({length: 60}, (_, n) => oldLine(n)).join('\n')}\n`);
	term = launch(process.execPath, [lbtop, '--rate', '20'], {
		...{columns: 130, rows: 44, cwd: folder.path},
		env: {NO_COLOR: '1', PAGER: 'no-such-pager'},
	});
	await see(running, 30_000);
});
afterAll(() => {
	term.close();
	folder.close();
});

const running = /Server 1 +READY \d+ +UP[\s\S]*Server 2 +READY \d+ +UP/;
const see = (what: RegExp | (() => boolean), ms = 15_000) => term.until(what, ms);
const press = (...keys: string[]) => {
	for (const key of keys) term.press(key);
};
/** Each pressed once the one before has been taken: what comes at once may be a paste, or a sequence. */
async function steps(...pairs: [keys: string, what: RegExp | (() => boolean)][]) {
	for (const [keys, what] of pairs) {
		press(keys);
		await see(what);
	}
}
/** Written a character after the other into the line at the bottom. */
async function write(text: string) {
	for (let length = 1; length <= text.length; length++) {
		press(text[length - 1]!);
		await see(() =>
			term
				.text()
				.at(-2)!
				.trimEnd()
				.endsWith(`${text.slice(0, length)}_`),
		);
	}
}
const echo = () => term.text().at(-2)!.trimEnd();
const row = (name: string) => term.text().find(line => line.includes(` ${name} `)) ?? '';
const pidOf = (name: string) => /READY (\d+)/.exec(row(name))?.[1];
const focused = (title: string) => new RegExp(`┏━ ${title}`);
const cursorOn = (name: string) => () => row(name).includes('▶');
const logCursor = (what: RegExp) => () => what.test(term.text().find(line => line.includes('▶')) ?? '');
const gone = (what: RegExp) => () => !what.test(term.screen());
const esc = '\x1b';

/** In the order in which they are pressed: each leaves the lab as the next one wants it. */
const proofs: Record<string, () => Promise<void>> = {
	// Moving about in the list of parts.
	down: () => steps(['j', cursorOn('Server 2')]),
	up: () => steps(['k', cursorOn('Server 1')]),
	last: () => steps(['G', cursorOn('Client manager')]),
	first: () => steps(['g', cursorOn('Server 1')]),
	'page-down': () => steps([`${esc}[6~`, cursorOn('Client manager')]),
	'page-up': () => steps([`${esc}[5~`, cursorOn('Server 1')]),
	'half-page-down': () => steps(['\x04', cursorOn('Client manager')]),
	'half-page-up': () => steps(['\x15', cursorOn('Server 1')]),
	// Panes.
	'next-pane': () => steps(['\t', focused('2 Traffic')]),
	'previous-pane': () => steps([`${esc}[Z`, focused('1 Servers')]),
	'pane-traffic': () => steps(['2', focused('2 Traffic')]),
	'pane-incidents': () => steps(['3', focused('3 Incidents')]),
	'pane-delivery': () => steps(['4', focused('4 Clients')]),
	'pane-events': () => steps(['5', focused('5 Events')]),
	'pane-log': () => steps(['6', focused('6 log')]),
	'pane-servers': () => steps(['1', focused('1 Servers')]),
	zoom: () => steps(['z', gone(/6 log\.txt/)], ['z', /6 log\.txt/]),
	layout: async () => {
		await steps(['L', gone(/3 Incidents/)]);
		for (const name of ['traffic', 'incidents', 'servers', 'default']) await steps(['L', new RegExp(`layout ${name}`)]);
	},
	// The charts.
	'more-time': async () => {
		await steps(['2', focused('2 Traffic')], ['-', () => secondsShown() >= 110], ['-', () => secondsShown() >= 290]);
	},
	'less-time': () => steps(['+', () => secondsShown() < 290], ['+', () => secondsShown() < 110]),
	'next-chart': async () => {
		const before = trafficText();
		await steps(['c', () => headOf(trafficText()) !== headOf(before)]);
	},
	'previous-chart': async () => {
		const before = trafficText();
		await steps(['C', () => headOf(trafficText()) !== headOf(before)], ['1', focused('1 Servers')]);
	},
	// The load, the display.
	faster: () => steps(['+', /@ 50\/s/]),
	slower: () => steps(['-', /@ 20\/s/]),
	algorithm: () => steps(['a', /\$ lbtop ctl algorithm least-connections/]),
	theme: () => steps(['T', /theme dark/]),
	mouse: () => steps(['M', /mouse on/], ['M', /mouse off/]),
	repaint: async () => {
		const cleared = () => term.raw().split(`${esc}[2J`).length;
		const before = cleared();
		await steps(['\x0c', () => cleared() > before]);
	},
	freeze: () => steps([' ', /FROZEN/]),
	'back-1s': () => movesBack([`${esc}[D`]),
	'forth-1s': () => movesBack([`${esc}[C`]),
	'back-10s': () => movesBack([',']),
	'forth-10s': () => movesBack(['.']),
	'back-1m': () => movesBack(['<']),
	'forth-1m': () => steps(['>', /FROZEN|this is the moment/], [' ', gone(/FROZEN/)]),
	help: () => steps(['?', /Here: 1 servers/]),
	back: () => steps([esc, gone(/Here: 1 servers/)]),
	save: async () => {
		await steps(['S', /report saved: lbtop-\d+-\d+\.json, lbtop-\d+-\d+\.md/]);
		const files = readdirSync(folder.path).filter(name => /^lbtop-.*\.(json|md)$/.test(name));
		expect(files).toHaveLength(2);
	},
	// What is done to a server.
	pause: () =>
		steps(['p', () => row('Server 1').includes('PAUSED')], ['p', () => /READY \d+ +UP/.test(row('Server 1'))]),
	stop: () => steps(['x', () => row('Server 1').includes('STOPPED')]),
	start: () => steps(['s', running]),
	kill: async () => {
		const pid = pidOf('Server 1');
		await steps(['X', () => row('Server 1').includes('STOPPED') && term.screen().includes(`$ kill -KILL ${pid}`)]);
	},
	'kill-restart': () => steps(['R', running]),
	restart: async () => {
		const pid = pidOf('Server 1');
		await steps(['r', () => running.test(term.screen()) && pidOf('Server 1') !== pid]);
	},
	drain: () => steps(['D', () => row('Server 1').includes('DRAIN') && echo().includes('$ lbtop ctl drain server-1')]),
	ready: () => steps(['e', () => / UP /.test(row('Server 1')) && echo().includes('$ lbtop ctl ready server-1')]),
	maint: () => steps(['d', () => row('Server 1').includes('MAINT')], ['e', () => / UP /.test(row('Server 1'))]),
	weight: () => steps(['w', /weight of Server 1, 0 to 256: _/]),
	'write-answer': () => write('72'),
	'erase-answer': () => steps(['\x7f', /256: 7_/]),
	'give-answer': () => steps(['\r', /\$ lbtop ctl weight server-1 7/]),
	'leave-prompt': () => steps(['w', /256: _/], [esc, gone(/256: _/)]),
	details: () => steps(['\r', /Latency of the run/], [esc, gone(/Latency of the run/)]),
	inject: () => steps(['i', /Break Server [12]/]),
	'choose-fault': () => steps(['\r', /for=10s ends it: /], [esc, gone(/ends it/)]),
	'leave-faults': () => steps([esc, gone(/Break Server/)]),
	undo: async () => {
		await steps(['g', cursorOn('Server 1')], [':', /Commands/]);
		await write('fault server-1 slow 5ms');
		await steps(['\r', /\$ lbtop ctl fault server-1 slow 5ms/], ['u', /\$ lbtop ctl undo server-1/]);
	},
	'add-server': () => steps(['n', () => /READY \d+ +UP/.test(row('Server 3'))]),
	// The palette.
	palette: () => steps([':', /Commands/]),
	'write-command': () => write('kilr'),
	'erase-command': () => steps(['\x7f', /: kil_/]),
	complete: () => steps(['\t', /: kill _/]),
	'complete-back': () => steps(['\t', /: kill-restart _/], [`${esc}[Z`, /: kill _/]),
	'erase-word': () => write2('kill ser', '\x17', /: kill _/),
	'erase-line': () => steps(['\x15', / : _/]),
	'leave-palette': () => steps([esc, gone(/━ Commands/)]),
	'say-command': async () => {
		await steps([':', /Commands/]);
		await write('rate 21');
		await steps(['\r', /@ 21\/s/]);
	},
	'older-line': () => steps([':', /Commands/], [`${esc}[A`, /: rate 21_/]),
	'newer-line': () => steps([`${esc}[B`, / : _/], [esc, gone(/━ Commands/)]),
	// Before what hurts.
	'turn-answer': async () => {
		await steps([':', /Commands/]);
		await write('drain all');
		await steps(['\r', /drain all 3 servers\?[\s\S]*▶ n no/], ['\t', /▶ y yes/], ['\t', /▶ n no/]);
	},
	'take-answer': () => steps(['\r', gone(/━ Sure\?/)]),
	no: () => steps([':', /Commands/], [`${esc}[A`, /: drain all_/], ['\r', /━ Sure\?/], ['n', gone(/━ Sure\?/)]),
	yes: async () => {
		expect(term.screen()).not.toMatch(/DRAIN/);
		await steps([':', /Commands/], [`${esc}[A`, /: drain all_/], ['\r', /━ Sure\?/]);
		await steps(['y', () => ['1', '2', '3'].every(n => row(`Server ${n}`).includes('DRAIN'))]);
	},
	sort: () => steps(['o', () => /[▼▲]/.test(row('PROCESS'))]),
	'sort-back': async () => {
		const before = row('PROCESS');
		await steps(['O', () => row('PROCESS') !== before]);
	},
	// The log.
	follow: () => steps(['6', focused('6 log')], ['z', gone(/1 Servers/)], ['f', /HELD/], ['f', /FOLLOW/]),
	search: async () => {
		await steps(['/', /search, a text or/]);
		await write('old line 1');
		await steps(['\r', logCursor(/old line 19 /)]);
	},
	'next-hit': () => steps(['n', logCursor(/old line 1 /)]),
	'previous-hit': () => steps(['N', logCursor(/old line 19 /)]),
	filter: async () => {
		await steps(['&', /only lines with/]);
		await write('line 19');
		await steps(['\r', /\[line 19\]/]);
	},
	unfilter: () => steps(['\x7f', gone(/\[line 19\]/)]),
	wrap: () => steps(['w', /wrapped/], ['w', gone(/wrapped/)]),
	right: () => steps(['l', /from column 9/]),
	left: () => steps(['h', gone(/from column/)]),
	clock: () => steps(['t', /12:00:19\.100 ACK Sent/], ['t', gone(/12:00:19/)], ['t', /2020-01-01 12:00:19/]),
	mark: () => steps(['m', logCursor(/▶■/)], ['j', logCursor(/old line 20 /)], ['m', logCursor(/▶■.*line 20 /)]),
	'previous-mark': () => steps(['[', logCursor(/old line 19 /)]),
	'next-mark': () => steps([']', logCursor(/old line 20 /)]),
	unmark: () => steps(['u', gone(/■ACK/)]),
	copy: () => steps(['y', /Copied \d+ characters/]),
	story: () => steps(['\r', /1 lines? with id=c1-20/], [esc, gone(/with id=c1-20/)]),
	pager: () => steps(['o', /PAGER no-such-pager cannot be run/]),
	quit: async () => {
		press('q');
		expect((await term.exited).exitCode).toBe(0);
		expect(term.isAlternateScreen()).toBe(false);
	},
	// A lab of their own, under a shell that can stop it, whose messages take longer than anyone waits.
	suspend: async () => {
		term.close();
		term = launch('/bin/bash', ['--norc', '-i'], {columns: 100, rows: 30, cwd: folder.path, env: {PS1: '$ '}});
		press(`${process.execPath} ${lbtop} --service-time 60s --ack-timeout 60s; echo "rc=$?"\r`);
		await see(/IN-FLIGHT [1-9]/, 30_000);
		press('\x1a');
		await see(() => !term.isAlternateScreen() && /Stopped/.test(term.screen()));
		press('fg\r');
		await see(() => term.isAlternateScreen() && /READY \d+/.test(term.screen()));
	},
	interrupt: async () => {
		press('\x03');
		await see(/STOPPING[\s\S]*waiting for \d+ in flight/);
	},
	'quit-now': async () => {
		press('q');
		await see(/stopping already: Q or Ctrl-C ends it now/);
		press('Q');
		await see(() => !term.isAlternateScreen());
		expect(existsSync(path.join(folder.path, 'log.txt'))).toBe(true);
	},
};

const trafficText = () => {
	const text = term.text();
	const top = text.findIndex(line => line.includes('2 Traffic'));
	return text.slice(top, top + 3).join('\n');
};
/** How much of the past the charts cover, as their title says. */
function secondsShown(): number {
	const [, count = '0', unit] = /2 Traffic +last ([\d.]+) (s|min)/.exec(term.screen()) ?? [];
	return Number(count) * (unit === 'min' ? 60 : 1);
}
const headOf = (text: string) => (text.split('\n')[1] ?? '').replaceAll(/\d/g, '').slice(0, 24);

/** The display is frozen: the moment that the header says changes, or it says that there is none further. */
async function movesBack([key]: string[]) {
	const moment = () => /FROZEN[^A-Za-z]*/.exec(term.text()[0] ?? '')?.[0];
	const before = moment();
	press(key!);
	await see(() => moment() !== before || /first moment that is kept|moment of the freeze/.test(term.screen()));
}

async function write2(text: string, key: string, what: RegExp) {
	await steps(['\x15', / : _/]);
	await write(text);
	await steps([key, what]);
}

describe.sequential('a key does what its row says', () => {
	test.each(Object.entries(proofs))('%s', async (_, prove) => await prove(), 60_000);
});

test('every row of the table is proved', () => {
	expect(Object.keys(proofs).toSorted()).toEqual(keymap.map(({name}) => name).toSorted());
});
