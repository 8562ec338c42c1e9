// A lab under random faults for an hour: nothing lost, the law in every tick, memory and open handles flat.
//   npm run soak -- [--minutes 60] [--rate 500] [--every 10] [--seed N]
import {spawn} from 'node:child_process';
import {createReadStream, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {connect} from 'node:net';
import os from 'node:os';
import path from 'node:path';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';

const {values} = parseArgs({
	options: {
		minutes: {type: 'string', default: process.env.CI ? '2' : '60'},
		rate: {type: 'string', default: '500'},
		every: {type: 'string', default: '10'},
		seed: {type: 'string', default: String(Math.floor(Math.random() * 1e6))},
	},
});
const [minutes, rate, every, seed] = [values.minutes, values.rate, values.every, values.seed].map(Number);
const mostMbPerHour = 1;
const random = mulberry32(seed);
const oneOf = list => list[Math.floor(random() * list.length)];

/** Each breaks something and says how it is mended `every` / 2 seconds later. Nothing of it may lose an ACK. */
const server = () => oneOf(['server-1', 'server-2']);
const fault =
	(text, partOf = server) =>
	() => {
		const part = partOf();
		return {break: {type: 'fault', part, fault: text}, mend: {type: 'undo', part}};
	};
const wireFaults = [
	'latency 50ms jitter=20ms direction=both',
	'bandwidth 50',
	'loss 0.02',
	'slicer 16 variation=4 delay=1ms',
	'slow-close 500ms',
	'timeout 0ms direction=both',
	'limit-data 2000',
	'reset-peer 100ms toxicity=0.3',
	'down',
];
const faults = [
	() => pair('kill', 'start', server()),
	() => pair('stop', 'start', server()),
	() => pair('pause', 'resume', server()),
	() => ({break: {type: 'restart', part: server()}}),
	() => ({break: {type: 'kill-restart', part: server()}}),
	// The balancer dies in the first quarter only, so that its last life is long enough to see whether it grows.
	() => ({break: {type: 'kill-restart', part: turn * every < minutes * 15 ? 'balancer' : server()}}),
	...['slow 300ms share=0.2', 'no-ack share=0.05', 'reset share=0.02', 'close share=0.02', 'double-ack share=0.2'].map(
		text => fault(text),
	),
	...['half-answer share=0.02', 'garbage share=0.02', 'never-read', 'refuse', 'crash 20'].map(text => fault(text)),
	...wireFaults.flatMap(text => [fault(text), fault(text, () => 'clients')]),
];

const folder = mkdtempSync(path.join(os.tmpdir(), 'lbtop-soak-'));
const events = path.join(folder, 'events.ndjson');
const lbtop = fileURLToPath(new URL('../bin/lbtop.js', import.meta.url));
console.log(`soak: ${minutes} min at ${rate} messages/s, a fault every ${every} s, seed ${seed}, in ${folder}`);
// Ports of its own: while a killed server's port is free, another lab on this machine might take it, and answer.
const port = 12_000 + 10 * (process.pid % 1900);
const load = ['--for', `${minutes}m`, '--rate', String(rate), '--seed', String(seed), '--retries', '10'];
const args = ['run', '--json', ...load, '--port', String(port)];
const lab = spawn(process.execPath, [lbtop, ...args, '--events', events], {
	cwd: folder,
	stdio: ['ignore', 'pipe', 'pipe'],
});
let output = '';
lab.stdout.on('data', chunk => (output += chunk));
const ended = new Promise(resolve => lab.on('close', resolve));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => lab.kill(signal));

const socket = await new Promise((resolve, reject) => {
	let isReady = false;
	let file;
	createInterface({input: lab.stderr}).on('line', line => {
		file ??= /control socket (\S+)/.exec(line)?.[1];
		if (isReady || !line.includes('all parts are ready')) return;
		isReady = true;
		resolve(file);
	});
	ended.then(code => reject(new Error(`the lab ended with ${code} before it began`)));
});

const done = new Map();
let turn = 0;
const tally = async command => {
	const name = command.fault?.split(' ')[0] ?? command.type;
	const {ok} = await ask(command);
	const count = done.get(name) ?? {done: 0, refused: 0};
	done.set(name, {done: count.done + (ok ? 1 : 0), refused: count.refused + (ok ? 0 : 1)});
};
const breaking = setInterval(() => {
	// Near the end nothing is broken any more: what is in flight shall have its answer.
	if ((++turn + 1) * every > minutes * 60) return;
	const {break: deed, mend} = oneOf(faults)();
	void tally(deed);
	if (mend) setTimeout(() => void ask(mend), every * 500);
}, every * 1000);

const samples = [];
const sampling = setInterval(async () => {
	const {status} = await ask({type: 'status'});
	if (status?.phase !== 'running') return;
	const at = performance.now();
	const pids = {lbtop: lab.pid, ...childrenOf(lab.pid)};
	for (const [part, pid] of Object.entries(pids)) {
		const size = sizeOf(pid);
		if (size) samples.push({part, pid, at, ...size});
	}
	if (samples.length % 60 < 5)
		console.log(
			`soak: sent ${status.sent} acked ${status.acked} failed ${status.failed} lost ${status.lost} doubles ${status.duplicates}`,
		);
}, 5000);

await ended;
clearInterval(breaking);
clearInterval(sampling);
const summary = JSON.parse(output);
const law = await ticksOf(events);
const growth = ['lbtop', 'balancer', 'clients', 'log-audit'].map(part => ({
	part,
	...growthOf(samples.filter(each => each.part === part)),
}));
const {sent, acked, failed, lost, duplicates, ledger, latencyMs} = summary;
console.log(
	`\nsent ${sent} = acked ${acked} + failed ${failed} + in flight ${summary.inFlight}; lost ${lost}, doubles ${duplicates}, ledger ${ledger}, p99 ${latencyMs.p99} ms`,
);
console.log(`law: ${law.ticks} ticks, broken in ${law.broken}`);
console.log(
	`faults: ${[...done].map(([name, count]) => `${name} ${count.done}${count.refused ? ` (+${count.refused} refused)` : ''}`).join(', ')}`,
);
console.table(growth);
writeFileSync(path.join(folder, 'memory.json'), JSON.stringify(samples));
const problems = [
	[lost !== 0 || ledger !== 'exact', `lost ${lost}, ledger ${ledger}: ${summary.ledgerReasons.join('; ')}`],
	[law.broken > 0 || law.ticks === 0, `the law was broken in ${law.broken} of ${law.ticks} ticks`],
	[sent !== acked + failed + summary.inFlight || summary.inFlight !== 0, 'the law does not hold at the end'],
	// The slope of a short run is noise.
	...growth
		.filter(({minutes: seen}) => seen >= 25)
		.map(({part, mbPerHour, error}) => [mbPerHour - 2 * error > mostMbPerHour, `${part} grows by ${mbPerHour} MB/h`]),
	...growth.map(({part, handlesFrom, handlesTo}) => [
		handlesTo > handlesFrom + 30,
		`${part} has ${handlesTo} open handles, at first ${handlesFrom}`,
	]),
]
	.filter(([isWrong]) => isWrong)
	.map(([, text]) => text);
for (const problem of problems) console.log(`FAIL: ${problem}`);
if (problems.length === 0) {
	console.log('PASS');
	rmSync(folder, {recursive: true, force: true});
}
process.exitCode = problems.length === 0 ? 0 : 1;

function pair(breaking, mending, part) {
	return {break: {type: breaking, part}, mend: {type: mending, part}};
}

/** One command over the control socket; an answer that does not come is a refusal. */
function ask(command) {
	return new Promise(resolve => {
		const connection = connect(socket, () => connection.write(`${JSON.stringify(command)}\n`));
		let text = '';
		connection.setTimeout(5000, () => connection.destroy());
		connection.on('data', chunk => {
			text += chunk;
			if (text.endsWith('\n')) connection.end();
		});
		connection.on('error', () => {}); // 'close' follows
		connection.on('close', () => resolve(text.endsWith('\n') ? JSON.parse(text) : {ok: false}));
	});
}

/** The parts that live as long as the lab, by their programs' names. */
function childrenOf(pid) {
	const found = {};
	for (const child of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
		try {
			const parent = Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${child}/status`, 'utf8'))[1]);
			if (parent !== pid) continue;
			const program = /\/(balancer|clients|log-audit)\.js/.exec(readFileSync(`/proc/${child}/cmdline`, 'utf8'))?.[1];
			if (program) found[program] = Number(child);
		} catch {
			// It ended while it was looked at.
		}
	}
	return found;
}

function sizeOf(pid) {
	try {
		const rssMb = Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
		return {rssMb, handles: readdirSync(`/proc/${pid}/fd`).length};
	} catch {
		return undefined;
	}
}

/**
 * The last life of a part, without its first third: least squares of memory over time, with the slope's standard error.
 * Each five minutes count once, by their median: V8 gives back 30 MB now and then and takes them again within seconds, so
 * that the least would tell of those dips and the most of the peaks between them. `medians` are those of its whole life.
 */
function growthOf(all) {
	const life = all.filter(({pid}) => pid === all.at(-1)?.pid);
	const seen = life.slice(Math.floor(life.length / 3));
	const points = mediansOfEach(300_000, seen);
	if (points.length < 3) return {minutes: 0, ...handlesOf(seen)};
	const hours = points.map(({at}) => (at - seen[0].at) / 3_600_000);
	const meanX = mean(hours);
	const meanY = mean(points.map(({rssMb}) => rssMb));
	const spread = hours.reduce((sum, x) => sum + (x - meanX) ** 2, 0);
	const slope = points.reduce((sum, {rssMb}, index) => sum + (hours[index] - meanX) * (rssMb - meanY), 0) / spread;
	const rest = points.reduce((sum, {rssMb}, index) => sum + (rssMb - meanY - slope * (hours[index] - meanX)) ** 2, 0);
	return {
		minutes: Math.round((seen.at(-1).at - seen[0].at) / 60_000),
		rssMb: Math.round(meanY),
		mbPerHour: Number(slope.toFixed(2)),
		error: Number(Math.sqrt(rest / (points.length - 2) / spread).toFixed(2)),
		medians: mediansOfEach(300_000, life)
			.map(({rssMb}) => rssMb.toFixed(1))
			.join(' '),
		...handlesOf(seen),
	};
}

function handlesOf(seen) {
	if (seen.length === 0) return {};
	const third = Math.max(1, Math.floor(seen.length / 3));
	return {
		handlesFrom: median(seen.slice(0, third).map(({handles}) => handles)),
		handlesTo: median(seen.slice(-third).map(({handles}) => handles)),
	};
}

/** The median of memory in each span of so many milliseconds, at the span's middle; a span that has just begun is none. */
function mediansOfEach(ms, samples) {
	const spans = new Map();
	for (const {at, rssMb} of samples) {
		const span = Math.floor((at - samples[0].at) / ms);
		spans.set(span, [...(spans.get(span) ?? []), rssMb]);
	}
	return [...spans]
		.filter(([, members]) => members.length >= spans.get(0).length / 2)
		.map(([span, members]) => ({at: samples[0].at + (span + 0.5) * ms, rssMb: median(members)}));
}

function mean(numbers) {
	return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

function median(numbers) {
	return numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

/** Every count that the client manager told: sent = acked + failed + in flight. */
async function ticksOf(file) {
	let ticks = 0;
	let broken = 0;
	for await (const line of createInterface({input: createReadStream(file)})) {
		if (!line.includes('"clients-tick"')) continue;
		const {event} = JSON.parse(line);
		ticks++;
		if (event.sent !== event.acked + event.failed + event.inFlight) broken++;
	}
	return {ticks, broken};
}

/** Small, seeded, good enough to choose faults by. https://github.com/cprosche/mulberry32 */
function mulberry32(state) {
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}
