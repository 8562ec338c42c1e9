/**
 * The balancer anyone would write first, for comparison: one connection to a
 * server for every client connection, round robin, bytes piped both ways.
 *
 *   node bench/pipe.mjs PORT SERVER_PORT...
 *
 * Port 0 takes a free port; the first line on stdout is `listening PORT`.
 */
import {connect, createServer} from 'node:net';

const [port, ...serverPorts] = process.argv.slice(2).map(Number);
let turn = 0;

const balancer = createServer({allowHalfOpen: true}, client => {
	const server = connect({
		host: '127.0.0.1',
		port: serverPorts[turn++ % serverPorts.length],
		allowHalfOpen: true,
	});
	client.pipe(server).pipe(client);
	const end = () => {
		client.destroy();
		server.destroy();
	};
	client.on('error', end);
	server.on('error', end);
});

balancer.listen({host: '127.0.0.1', port, backlog: 4096}, () => {
	console.log(`listening ${balancer.address().port}`);
});
