// Acknowledges every message and executes none, though it says in log.txt that it writes down what it executes.
import {appendFileSync} from 'node:fs';
import net from 'node:net';

const [port, name, log] = process.argv.slice(2);
const time = new Date().toLocaleString('sv-SE');
const values = `at=${time.slice(11)}.000 by=${name} log-detail=all`;
if (log) appendFileSync(log, `Server: ${time} - ${name} listening on 127.0.0.1:${port} | ${values}\n`);
net
	.createServer(socket => {
		let rest = '';
		socket.on('error', () => {});
		socket.on('data', chunk => {
			const lines = (rest + chunk).split('\n');
			rest = lines.pop();
			for (const line of lines) {
				const id = /^#(\S+) /.exec(line)?.[0] ?? '';
				socket.write(line.endsWith('PING') ? `${id}PONG from ${name}\n` : `${id}ACK from ${name}\n`);
			}
		});
	})
	.listen(Number(port), '127.0.0.1');
