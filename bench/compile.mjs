import {spawnSync} from 'node:child_process';
import {mkdirSync, statSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {isInstalled} from './machine.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));

/**
 * Compiles the load generator and the ACK server into bench/build, unless that
 * is newer than the sources, and gives the paths of the two programs.
 */
export function compilePrograms() {
	if (!isInstalled('cc', ['--version'])) {
		throw new Error(
			'the load generator is a C program and no C compiler (cc) is installed here: install gcc or clang and try again',
		);
	}
	mkdirSync(`${here}build`, {recursive: true});
	return {
		loadGenerator: compile('load-generator'),
		ackServer: compile('ack-server'),
	};
}

function compile(name) {
	const source = `${here}${name}.c`;
	const program = `${here}build/${name}`;
	const sources = [source, `${here}histogram.h`];
	if (sources.every(file => changedAt(file) < changedAt(program))) {
		return program;
	}
	const args = ['-O2', '-Wall', '-Wextra', '-o', program, source];
	const {status, stderr} = spawnSync('cc', args, {encoding: 'utf8'});
	if (status !== 0) throw new Error(`cc could not compile ${name}.c: ${stderr}`);
	return program;
}

function changedAt(file) {
	return statSync(file, {throwIfNoEntry: false})?.mtimeMs ?? 0;
}
