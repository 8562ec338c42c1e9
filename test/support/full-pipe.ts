import {closeSync, constants, openSync, readSync, writeSync} from 'node:fs';
import path from 'node:path';
import {execa} from 'execa';

/** A pipe that nobody has read for long, for a program's stdout: there is room for nothing. */
export async function openFullPipe(folder: string) {
	const file = path.join(folder, 'pipe');
	await execa('mkfifo', [file]);
	const reader = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
	// What the program is given waits, as a shell's does; what fills it here does not.
	const writer = openSync(file, constants.O_WRONLY);
	const filler = openSync(file, constants.O_WRONLY | constants.O_NONBLOCK);
	const fill = () => {
		for (const size of [65_536, 4096, 1]) fillBy(filler, size);
	};
	fill();
	return {
		writer,
		/** Once more there is room for nothing. */
		fill,
		/** All that is there now, without what filled it. */
		read: () => readAll(reader).replaceAll('\0', ''),
		close: () => {
			closeSync(filler);
			closeSync(writer);
			closeSync(reader);
		},
	};
}

function fillBy(filler: number, size: number) {
	try {
		for (;;) writeSync(filler, Buffer.alloc(size));
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
	}
}

/** All that is in a pipe now, whose reading end waits for nothing. */
export function readAll(reader: number): string {
	const bytes = Buffer.alloc(65_536);
	let text = '';
	try {
		for (let size = readSync(reader, bytes); size > 0; size = readSync(reader, bytes))
			text += bytes.toString('latin1', 0, size);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
	}
	return Buffer.from(text, 'latin1').toString();
}
