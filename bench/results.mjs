import {mkdirSync, readFileSync, renameSync, writeFileSync} from 'node:fs';
import {machineFacts} from './machine.mjs';

const folder = new URL('results/', import.meta.url);

/**
 * Keeps figures under bench/results/NAME.json, by key. Earlier figures of other
 * keys stay as long as they are of the same machine and versions.
 */
export function saveResults(name, figures) {
	const machine = machineFacts();
	const file = new URL(`${name}.json`, folder);
	const earlier = readResults(file);
	const same = JSON.stringify(earlier.machine) === JSON.stringify(machine);
	const kept = same ? earlier.figures : {};
	const text = JSON.stringify({machine, figures: {...kept, ...figures}}, rounded, '\t');
	mkdirSync(folder, {recursive: true});
	const unfinished = new URL(`${name}.json.tmp`, folder);
	writeFileSync(unfinished, `${text}\n`);
	renameSync(unfinished, file);
	console.log(`\nkept in bench/results/${name}.json`);
}

function readResults(file) {
	try {
		return JSON.parse(readFileSync(file, 'utf8'));
	} catch {
		return {}; // None yet.
	}
}

function rounded(_key, value) {
	if (typeof value !== 'number' || Number.isInteger(value)) return value;
	return Number(value.toPrecision(4));
}
