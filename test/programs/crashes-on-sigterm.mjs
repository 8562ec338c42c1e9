// Accepts, and crashes instead of ending when it is asked to: in colour, as Node does where FORCE_COLOR is set.
import {createServer} from 'node:net';

process.on('SIGTERM', () => {
	process.stderr.write(
		'\x1b[31mError: cannot close\x1b[39m\n\x1b[90m    at process.emit (node:events:1:1)\x1b[39m\n',
		() => process.exit(9),
	);
});
createServer(() => {}).listen(Number(process.argv[2]), '127.0.0.1');
