import {createServer, type Socket} from 'node:net';

/** What a server does with a line it was sent; `count` is how many it had before. */
export type Behaviour = (given: {line: string; id: string; socket: Socket; count: number}) => void;

export type ScriptedServer = {
	port: number;
	/** Every line that came, in order, without its end. */
	lines: string[];
	/** Connections ever, and now. */
	connections: {made: number; open: number};
	close(): Promise<void>;
};

/** A server on a free port that does as told with each line. */
export async function startScriptedServer(behaviour: Behaviour, {port = 0} = {}): Promise<ScriptedServer> {
	const lines: string[] = [];
	const connections = {made: 0, open: 0};
	const sockets = new Set<Socket>();
	const server = createServer({allowHalfOpen: true}, socket => {
		connections.made++;
		connections.open++;
		sockets.add(socket);
		let held = '';
		socket.setEncoding('utf8');
		// The client hangs up whenever it likes: that is no failure of the test.
		socket.on('error', () => {});
		socket.on('end', () => socket.end());
		socket.on('close', () => {
			connections.open--;
			sockets.delete(socket);
		});
		socket.on('data', (chunk: string) => {
			const parts = (held + chunk).split('\n');
			held = parts.pop()!;
			for (const line of parts) {
				const id = /^#(\S+) /.exec(line)?.[1] ?? '';
				lines.push(line);
				behaviour({line, id, socket, count: lines.length - 1});
			}
		});
	});
	// A thousand clients at once are not turned away: what the kernel has no room for would be one more attempt.
	await new Promise<void>(resolve => server.listen({port, host: '127.0.0.1', backlog: 4096}, resolve));
	return {
		port: (server.address() as {port: number}).port,
		lines,
		connections,
		close: () =>
			new Promise(resolve => {
				server.close(() => resolve());
				for (const socket of sockets) socket.destroy();
			}),
	};
}

export const acks: Behaviour = ({id, socket}) => void socket.write(`#${id} ACK from Server 1\n`);
export const neverAnswers: Behaviour = () => {};
export const resets: Behaviour = ({socket}) => void socket.resetAndDestroy();
export const closes: Behaviour = ({socket}) => void socket.end();
export const acksWithoutId: Behaviour = ({socket}) => void socket.write('ACK from Server 1\n');

export function naks(reason: string): Behaviour {
	return ({id, socket}) => void socket.write(`#${id} NAK from Server 1: ${reason}\n`);
}

/** Behaves as the first for its first line, as the second for the next, and so on; the last for ever. */
export function inTurn(...behaviours: Behaviour[]): Behaviour {
	return given => behaviours[Math.min(given.count, behaviours.length - 1)]!(given);
}

/** Answers with `reply` (`ID` in it is replaced), one byte after the other. */
export function answersByteByByte(reply: string): Behaviour {
	return async ({id, socket}) => {
		socket.setNoDelay(true);
		for (const byte of Buffer.from(reply.replaceAll('ID', id))) {
			socket.write(Buffer.of(byte));
			await new Promise(resolve => setImmediate(resolve));
		}
	};
}
