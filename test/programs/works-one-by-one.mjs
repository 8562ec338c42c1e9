// Somebody's own server: a loop for each connection that reads a line, works for some ms (argument 2), answers under the
// line's ID, and only then looks at the next.
import {createServer} from 'node:net';
import {createInterface} from 'node:readline';
import {setTimeout as wait} from 'node:timers/promises';

const name = process.argv[4] ?? 'Foreign';
const workMs = Number(process.argv[3] ?? 20);
createServer(async socket => {
	socket.on('error', () => {});
	for await (const line of createInterface(socket)) {
		if (line !== 'PING') await wait(workMs);
		socket.write(`${/^#\S+ /.exec(line)?.[0] ?? ''}${line === 'PING' ? 'PONG' : 'ACK'} from ${name}\n`);
	}
}).listen(Number(process.argv[2]), '127.0.0.1');
