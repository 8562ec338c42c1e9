import {accessSync, constants, statSync} from 'node:fs';
import path from 'node:path';

/**
 * The file of a program that is to be run by its name, or undefined: looked for where a shell would, and in the `sbin`
 * beside each `bin`, which is where daemons are and not on everyone's path.
 */
export function findProgram(name: string, searched = process.env.PATH ?? ''): string | undefined {
	const folders = searched.split(path.delimiter).filter(folder => path.isAbsolute(folder));
	const beside = folders.filter(folder => path.basename(folder) === 'bin').map(folder => path.join(folder, '../sbin'));
	return [...folders, ...beside].map(folder => path.join(folder, name)).find(isProgram);
}

function isProgram(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return statSync(file).isFile();
	} catch {
		return false; // not there, or not ours to run: looked for elsewhere
	}
}
