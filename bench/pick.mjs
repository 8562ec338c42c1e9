/** What one choice costs, by algorithm and number of servers: arrivals and answers without any network. */
import {fileURLToPath, pathToFileURL} from 'node:url';
import {build} from 'rolldown';
import {saveResults} from './results.mjs';
import {interleave, spread} from './statistics.mjs';
import {formatTable, verdict} from './table.mjs';

const SIZES = [2, 16, 128, 1024, 10_000];
/** Enough for the compiler to have seen it. */
const WARM_TURNS = 2000;
const ASKED_NS = 1000;
const ASKED_UP_TO = 16;
/** Looks at every server for each choice, and says so. */
const SCANS = ['peak-ewma:scan', 'round-robin of weights'];

/** Measures and prints; true when every algorithm could be measured. */
export async function benchPick({directory, rounds, seconds, save}) {
	const algorithms = await loadAlgorithms(directory);
	const rows = [...Object.keys(algorithms), 'round-robin of weights'];
	const items = rows.flatMap(name => SIZES.map(size => ({name, size, ns: [], buildMs: []})));
	await interleave(items, rounds, item => {
		const [row, weights] = item.name.split(' of ');
		const {ns, buildMs} = measure(algorithms[row](), candidatesOf(item.size, weights), seconds * 1000);
		item.ns.push(ns);
		item.buildMs.push(buildMs);
	});
	const figures = rows.map(name => ({
		algorithm: name,
		picks: items
			.filter(item => item.name === name)
			.map(({size, ns, buildMs}) => ({servers: size, nsPerPick: spread(ns), firstPickMs: spread(buildMs)})),
	}));
	print(figures);
	if (save) saveResults('pick', {pick: {measuredAt: new Date().toISOString(), rounds, seconds, algorithms: figures}});
	return true;
}

async function loadAlgorithms(directory) {
	const input = fileURLToPath(new URL('../src/load-balancer/algorithms/index.ts', import.meta.url));
	const file = `${directory}/algorithms.mjs`;
	await build({input, platform: 'node', logLevel: 'warn', output: {file, format: 'esm'}});
	return (await import(pathToFileURL(file).href)).algorithms;
}

function candidatesOf(count, weights) {
	return Array.from({length: count}, (_, index) => ({
		index,
		name: `Server ${index + 1}`,
		host: '127.0.0.1',
		port: 9000 + index,
		weight: weights ? 1 + (index % 5) : 1,
		inFlight: 0,
		maxInFlight: 0,
	}));
}

/** One turn is a choice, a message sent, and the answer to one sent earlier; two are in flight per server. */
function measure(algorithm, candidates, windowMs) {
	let [message, at, seed] = [0, 1, 1];
	const keys = Array.from({length: 4096}, (_, i) => `c${i}`);
	const key = () => keys[message & 4095];
	const random = () => {
		seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
		return seed / 4_294_967_296;
	};
	const question = {key, address: key, random, now: () => at};
	const waiting = [];
	const turn = () => {
		message++;
		at += 0.01;
		const chosen = algorithm.next(candidates, question);
		chosen.inFlight++;
		const slot = message % (2 * candidates.length);
		const answered = waiting[slot];
		waiting[slot] = chosen;
		if (answered === undefined) return;
		answered.inFlight--;
		algorithm.freed?.(answered);
		algorithm.answered?.(answered, 1 + (answered.index % 3), at);
	};
	const first = performance.now();
	turn();
	const started = performance.now();
	for (let warmed = 0; warmed < WARM_TURNS || performance.now() < started + windowMs; warmed++) turn();
	const from = performance.now();
	let turns = 0;
	let until = from;
	for (; until - from < windowMs; until = performance.now()) {
		for (let i = 0; i < 64; i++) turn();
		turns += 64;
	}
	return {ns: ((until - from) * 1e6) / turns, buildMs: started - first};
}

function print(figures) {
	const ns = ({nsPerPick}) =>
		`${Math.round(nsPerPick.median)} (${Math.round(nsPerPick.min)}–${Math.round(nsPerPick.max)})`;
	const head = ['ns a choice', ...SIZES.map(size => `${size} servers`), `first of ${SIZES.at(-1)}, ms`];
	const rows = figures.map(({algorithm, picks}) => [
		algorithm,
		...picks.map(ns),
		picks.at(-1).firstPickMs.median.toFixed(1),
	]);
	console.log(`\n${formatTable(head, rows)}\n`);
	for (const {algorithm, picks} of figures) {
		const worst = Math.max(...picks.filter(({servers}) => servers <= ASKED_UP_TO).map(pick => pick.nsPerPick.median));
		console.log(verdict(`${algorithm}, up to ${ASKED_UP_TO} servers`, Math.round(worst), '≤', ASKED_NS, ' ns'));
	}
	console.log(
		`\nThe cost grows with the servers for ${SCANS.join(' and ')}; it is constant or logarithmic for all others.`,
	);
}
