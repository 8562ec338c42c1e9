/** Executed IDs in an SQLite file that all servers of a machine share: one transaction a batch, in WAL mode. */

import type Database from 'libsql';
import {codeWords} from '../domain/system-error.ts';
import {phrase} from '../words/words.ts';
import type {ExecutedIds, StoreSettings} from './executed-ids.ts';

/** How long a batch waits for another server's transaction: longer than any takes, unless its server is paused within it. */
const busyMs = 250;
const openingBusyMs = 5000;
/** Runs that began so long ago are over. */
const keptMs = 24 * 3600 * 1000;

/** Opens or creates the file. Rejects with a sentence when it cannot, or when the library is not installed. */
export async function openSqliteStore(file: string, {run, name}: StoreSettings): Promise<ExecutedIds> {
	const Library = await loadLibrary();
	const database = open(Library, file);
	const table = `executed_${run.replace(/\W/g, '_')}`;
	prepare(database, table);
	const insert = database.prepare(`INSERT OR IGNORE INTO ${table} (id, server) VALUES (?, ?)`);
	const find = database.prepare(`SELECT server FROM ${table} WHERE id = ?`);
	database.pragma(`busy_timeout = ${busyMs}`);

	const recordOne = (id: string): string => {
		if (insert.run(id, name).changes === 1) return '';
		return (find.get(id) as {server: string}).server;
	};

	return {
		record: async ids => {
			database.exec('BEGIN IMMEDIATE');
			try {
				const before = ids.map(recordOne);
				database.exec('COMMIT');
				return before;
			} catch (error) {
				if (database.inTransaction) database.exec('ROLLBACK');
				throw error;
			}
		},
		close: async () => {
			database.close();
		},
	};
}

type Library = typeof Database;

async function loadLibrary(): Promise<Library> {
	try {
		return (await import('libsql')).default;
	} catch (error) {
		const why = codeWords((error as NodeJS.ErrnoException).code ?? 'ERROR');
		throw new Error(
			phrase(
				'--dedup shared needs the package libsql, which is not here for {machine} ({why}); install it with npm install libsql, or use --dedup redis://HOST:PORT',
				{machine: `${process.platform}-${process.arch}`, why},
			),
		);
	}
}

function open(Library: Library, file: string): Database.Database {
	try {
		const database = new Library(file);
		database.pragma(`busy_timeout = ${openingBusyMs}`);
		database.pragma('journal_mode = WAL');
		// Safe against kill -9 of any process: what was written is the kernel's. Not against a power cut, nor is log.txt.
		database.pragma('synchronous = NORMAL');
		return database;
	} catch (error) {
		throw new Error(
			phrase('shared store {file}: cannot be opened ({why}); name another log with --log', {
				...{file, why: (error as Error).message},
			}),
		);
	}
}

/** Makes the run's table, and removes those of runs long past. */
function prepare(database: Database.Database, table: string) {
	const now = Date.now();
	database.exec('BEGIN IMMEDIATE');
	database.exec('CREATE TABLE IF NOT EXISTS runs (name TEXT PRIMARY KEY, at INTEGER NOT NULL)');
	database.exec(`CREATE TABLE IF NOT EXISTS ${table} (id TEXT PRIMARY KEY, server TEXT NOT NULL) WITHOUT ROWID`);
	database.prepare('INSERT INTO runs VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET at = excluded.at').run(table, now);
	const past = database.prepare('SELECT name FROM runs WHERE at < ?').all(now - keptMs) as {name: string}[];
	for (const {name} of past) {
		if (/^executed_\w*$/.test(name)) database.exec(`DROP TABLE IF EXISTS ${name}`);
		database.prepare('DELETE FROM runs WHERE name = ?').run(name);
	}
	database.exec('COMMIT');
}
