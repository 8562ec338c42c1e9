/**
 * The screen over a made-up run, with no lab behind it: to look at and to test it by hand. Two servers share the load;
 * keys change their state a moment later, as in life. FAKE_RATE: messages a second. FAKE_SERVERS: how many. FAKE_CRASH: after
 * so many ms, or `by n`: when a server is added.
 */

import {appendFileSync} from 'node:fs';
import type {Command} from '../../src/domain/command.ts';
import type {ThemeChoice} from '../../src/domain/theme-name.ts';
import type {ServerState, State} from '../../src/state/state.ts';
import {openScreen} from '../../src/ui/open-screen.tsx';
import {screenSettings} from '../../src/ui/screen-settings.ts';
import {pulse} from '../support/fake-run.ts';
import {busyState} from '../support/state-fixture.ts';

const count = Number(process.env.FAKE_SERVERS ?? 2);
const names = Array.from({length: count}, (_, index) => `Server ${index + 1}`);
let state: State = pulse.begin(busyState(names), Number(process.env.FAKE_RATE ?? 400));
const listeners = new Set<() => void>();
const change = (next: State) => {
	state = next;
	for (const listener of listeners) listener();
};
const timer = setInterval(() => change(pulse.beat(state)), 100);

const screen = openScreen({
	store: {
		get: () => state,
		subscribe: listener => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	},
	send: async command => {
		if (process.env.FAKE_CRASH === 'by n' && command.type === 'add-server') setImmediate(crash);
		const {next, result} = pulse.command(state, command);
		change(next);
		if (command.type === 'kill' || command.type === 'stop') setTimeout(() => change(backUp(state, command)), 4000);
		return result;
	},
	quit: now => {
		change({...state, phase: 'stopping', clients: {...state.clients, inFlight: 3}});
		setTimeout(end, now ? 0 : 1500);
	},
	tell: () => {},
	save: async () => ({files: []}),
	settings: screenSettings(
		{
			ascii: process.argv.includes('--ascii'),
			color: !process.argv.includes('--no-color'),
			mouse: process.argv.includes('--mouse'),
			cursor: process.argv.includes('--cursor'),
			theme: process.argv.find(word => word.startsWith('--theme='))?.slice('--theme='.length) as
				| ThemeChoice
				| undefined,
		},
		process.env,
	),
});

for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT'] as const) process.on(signal, end);
if (Number(process.env.FAKE_CRASH)) setTimeout(crash, Number(process.env.FAKE_CRASH));
if (process.env.FAKE_NOISE) setTimeout(() => console.error('a stray warning'), Number(process.env.FAKE_NOISE));
if (process.env.FAKE_PROFILE) report();

function end() {
	clearInterval(timer);
	screen.close();
	screen.close();
	process.stdout.write('closing words\n');
	process.exit(0);
}

function crash() {
	throw new Error('made to crash');
}

function backUp(now: State, command: Command): State {
	const isIt = (server: ServerState) => 'part' in command && server.id === command.part && command.type === 'kill';
	return pulse.note(
		{...now, servers: now.servers.map(server => (isIt(server) ? pulse.started(server, now.now) : server))},
		'lbtop',
		'started again',
		'good',
	);
}

/** Writes CPU and memory to a file every few seconds, for measuring. */
function report() {
	let before = process.cpuUsage();
	setInterval(() => {
		const {user, system} = process.cpuUsage(before);
		before = process.cpuUsage();
		const rss = Math.round(process.memoryUsage.rss() / 1e6);
		appendFileSync(process.env.FAKE_PROFILE!, `cpu ${((user + system) / 50_000).toFixed(1)}% rss ${rss} MB\n`);
	}, 5000);
}
