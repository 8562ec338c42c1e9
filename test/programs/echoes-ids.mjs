// Somebody's own server: works on many lines at once, answers each when it is done, under the ID it came with. Argument 2
// is the longest time it takes over a line, in ms. Knows nothing of the trunk; a PING is a line like any other.
import {createServer} from 'node:net';

const name = process.argv[4] ?? 'Foreign';
const longestMs = Number(process.argv[3] ?? 5);
let turn = 0;
createServer(socket => {
	let rest = '';
	socket.setEncoding('latin1');
	socket.on('error', () => {});
	socket.on('data', data => {
		const lines = (rest + data).split('\n');
		rest = lines.pop();
		for (const line of lines) {
			const id = /^#\S+ /.exec(line)?.[0] ?? '';
			setTimeout(() => socket.write(`${id}ACK from ${name}\n`, 'latin1'), (turn++ * 7) % (longestMs + 1));
		}
	});
}).listen(Number(process.argv[2]), '127.0.0.1');
