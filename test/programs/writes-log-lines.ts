/** Writes numbered lines into a shared log, many a turn, as the parts of a lab do: FILE BY COUNT MAX-SIZE KEEP. */
import {openLogManager} from '../../src/log/log-manager.ts';

const [file = '', by = '', count = '', maxSize = '', keep = ''] = process.argv.slice(2);
const log = openLogManager({file, detail: 'all', maxSizeBytes: Number(maxSize), keep: Number(keep), by});
let number = 0;

function writeTurn() {
	for (let i = 0; i < 20 && number < Number(count); i++)
		log.writeReady('ACK Sent', 'ACK from Server 1', `by=${by} id=${by}-${++number}`);
	log.flush();
	if (number < Number(count)) return void setImmediate(writeTurn);
	log.close();
	process.stdout.write(JSON.stringify(log.tick()));
}

writeTurn();
