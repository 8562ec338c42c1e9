// A server that accepts and answers, and does not care for SIGTERM.
import {createServer} from 'node:net';

process.on('SIGTERM', () => {});
createServer(socket => {
	socket.on('error', () => {});
	socket.on('data', data => {
		for (const line of data.toString().split('\n').slice(0, -1))
			socket.write(`${line === 'PING' ? 'PONG' : 'ACK'} from Stubborn\n`);
	});
}).listen(Number(process.argv[2]), '127.0.0.1');
