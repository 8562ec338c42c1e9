/**
 * npm run bench -- [balancer|clients|lab|log|pick|screen|start] [options]
 * Runs one benchmark, or all of them one after another.
 */
import {existsSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {benchBalancer} from './balancer.mjs';
import {benchClients} from './clients.mjs';
import {benchLab} from './lab.mjs';
import {benchLog} from './log.mjs';
import {isInstalled, warnWhenBusy} from './machine.mjs';
import {benchPick} from './pick.mjs';
import {endProgramsWithUs, stopAll, wasInterrupted} from './processes.mjs';
import {benchScreen} from './screen.mjs';
import {benchStart} from './start.mjs';
import {workloads} from './workloads.mjs';

const benches = {
	balancer: {
		about: 'the balancer alone against HAProxy, nginx and a bare Node pipe',
		run: benchBalancer,
		rounds: 5,
		seconds: 1,
	},
	clients: {
		about: 'the client manager alone, its counts and latencies checked against the server',
		run: benchClients,
		rounds: 3,
		seconds: 3,
	},
	lab: {
		about: 'the whole lab against the same clients and servers and HAProxy',
		run: benchLab,
		rounds: 3,
		seconds: 5,
	},
	log: {
		about: 'the whole lab with the log on against off',
		run: benchLog,
		rounds: 5,
		seconds: 5,
	},
	pick: {
		about: 'one choice of each algorithm, by number of servers',
		run: benchPick,
		rounds: 5,
		seconds: 0.02,
	},
	screen: {
		about: 'what the screen costs: processor, bytes, memory, keys',
		run: benchScreen,
		rounds: 3,
		seconds: 10,
	},
	start: {
		about: 'from the start of node to the first frame on a terminal',
		run: benchStart,
		rounds: 5,
		seconds: 0,
	},
};

const usage = `usage: npm run bench -- [BENCH] [options]

${Object.entries(benches)
	.map(([name, {about}]) => `  ${name.padEnd(9)} ${about}`)
	.join('\n')}

  --rounds N            rounds, each measuring every system once
  --seconds S           length of one measurement
  --placement one|free  balancer: everything on one core (default), or unpinned
  --only a,b            balancer: these workloads
                        (${workloads.map(({id}) => id).join(' ')})
  --systems a,b         balancer: these systems only
  --other FOLDER        balancer, lab: another checkout of lbtop takes part too

Figures of at least 3 rounds of all systems are kept in bench/results/.
`;

function readOptions() {
	const {values, positionals} = parseArgs({
		allowPositionals: true,
		options: {
			rounds: {type: 'string'},
			seconds: {type: 'string'},
			placement: {type: 'string', default: 'one'},
			only: {type: 'string'},
			systems: {type: 'string'},
			other: {type: 'string'},
			help: {type: 'boolean', default: false},
		},
	});
	const names = positionals.length > 0 ? positionals : Object.keys(benches);
	const unknown = names.find(name => !Object.hasOwn(benches, name));
	if (unknown) throw new Error(`there is no benchmark ${unknown}`);
	if (!['one', 'free'].includes(values.placement)) {
		throw new Error('--placement is one or free');
	}
	return {
		...values,
		names,
		rounds: readNumber('--rounds', values.rounds),
		seconds: readNumber('--seconds', values.seconds),
		only: values.only?.split(','),
		systems: values.systems?.split(','),
	};
}

function readNumber(name, text) {
	if (text === undefined) return undefined;
	const value = Number(text);
	if (!(value > 0)) throw new Error(`${name} is a number above 0, not ${text}`);
	return value;
}

function checkMachine({names, placement}) {
	if (!existsSync('/proc/self/schedstat')) {
		throw new Error('the benchmarks read /proc and use epoll: they need Linux');
	}
	const pins = names.includes('balancer') && placement === 'one';
	if (pins && !isInstalled('taskset', ['--version'])) {
		throw new Error('taskset is not installed here (package util-linux): install it, or measure with --placement free');
	}
}

async function runAll(options) {
	const directory = mkdtempSync(join(tmpdir(), 'lbtop-bench-'));
	process.on('exit', () => rmSync(directory, {recursive: true, force: true}));
	endProgramsWithUs();
	await warnWhenBusy();
	let sound = true;
	for (const name of options.names) {
		const {run, about, rounds, seconds} = benches[name];
		console.log(`\n${name}: ${about}`);
		const chosen = {
			...options,
			rounds: options.rounds ?? rounds,
			seconds: options.seconds ?? seconds,
			directory,
		};
		chosen.save = chosen.rounds >= 3 && chosen.systems === undefined && chosen.other === undefined;
		sound = (await run(chosen)) && sound;
	}
	return sound;
}

async function main() {
	try {
		const options = readOptions();
		if (options.help) return console.log(usage);
		checkMachine(options);
		process.exitCode = (await runAll(options)) ? 0 : 1;
	} catch (error) {
		if (!wasInterrupted()) console.error(`bench: ${error.message}`);
		process.exitCode = 1;
	}
	await stopAll();
}

await main();
