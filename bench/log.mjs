/** What writing log.txt costs: the lab at full load with the log on and off. */
import {runLab} from './lbtop-lab.mjs';
import {missingLbtop} from './peers.mjs';
import {saveResults} from './results.mjs';
import {interleave, pairedRatio, spread} from './statistics.mjs';
import {formatTable, range, ratio, verdict, whole} from './table.mjs';

const DETAILS = ['all', 'off'];
const ASKED_SHARE = 0.85;

/** Measures and prints; true when no message failed and no log line was lost. */
export async function benchLog({directory, rounds, seconds, save}) {
	const missing = missingLbtop();
	if (missing) throw new Error(missing);
	const runs = new Map(DETAILS.map(detail => [detail, []]));
	await interleave(DETAILS, rounds, async detail => {
		const args = ['--log-detail', detail];
		runs.get(detail).push(await runLab({directory, seconds, args}));
	});
	const perSecond = detail => runs.get(detail).map(({ackedPerSecond}) => ackedPerSecond);
	const off = perSecond('off');
	const figure = {
		measuredAt: new Date().toISOString(),
		rounds,
		seconds,
		details: DETAILS.map(detail => ({
			detail,
			ackedPerSecond: spread(perSecond(detail)),
			timesOff: pairedRatio(perSecond(detail), off),
			dropped: sum(runs.get(detail), run => run.log?.dropped),
			failed: sum(runs.get(detail), run => run.failed),
		})),
	};
	print(figure);
	if (save) saveResults('log', {log: figure});
	return figure.details.every(({dropped, failed}) => dropped === 0 && failed === 0);
}

function sum(runs, pick) {
	return runs.reduce((total, run) => total + (pick(run) ?? 0), 0);
}

function print({details, rounds, seconds}) {
	console.log(`\n${rounds} × ${seconds} s\n`);
	console.log(
		formatTable(
			['--log-detail', 'ACKed/s', 'min–max', 'lines lost', 'failed', '× off'],
			details.map(row => [
				row.detail,
				whole(row.ackedPerSecond.median),
				range(row.ackedPerSecond),
				whole(row.dropped),
				whole(row.failed),
				ratio(row.timesOff),
			]),
		),
	);
	const share = details[0].timesOff.median;
	console.log(verdict('throughput kept with the log on', share, '≥', ASKED_SHARE));
}
