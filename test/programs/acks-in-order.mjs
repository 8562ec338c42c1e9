// Somebody's own server: answers each line in order, knows neither PING nor IDs nor the trunk.
import {createServer} from 'node:net';

const name = process.argv[3] ?? 'Foreign';
createServer(socket => {
	let rest = '';
	socket.on('error', () => {});
	socket.on('data', data => {
		const lines = (rest + data).split('\n');
		rest = lines.pop();
		for (const _ of lines) socket.write(`ACK from ${name}\n`);
	});
}).listen(Number(process.argv[2]), '127.0.0.1');
