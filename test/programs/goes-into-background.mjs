// A daemon: what listens is in a session of its own, and what was started ends well as soon as that is answered for.
import {spawn} from 'node:child_process';
import {createConnection} from 'node:net';
import path from 'node:path';

const port = Number(process.argv[2]);
const program = path.join(import.meta.dirname, 'acks-in-order.mjs');
const daemon = spawn(process.execPath, [program, String(port)], {detached: true, stdio: 'ignore'});
process.stderr.write(`${daemon.pid}\n`);
const look = () => {
	const socket = createConnection(port, '127.0.0.1');
	socket.on('connect', () => process.exit(0));
	socket.on('error', () => setTimeout(look, 20));
};
look();
