import {execFileSync} from 'node:child_process';
import path from 'node:path';

/** Builds the programs once, before the tests that start them. */
export default function build(): void {
	execFileSync(process.execPath, [path.resolve(import.meta.dirname, '../../bin/build.js')], {stdio: 'inherit'});
}
