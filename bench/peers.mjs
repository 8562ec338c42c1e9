/**
 * The systems that are compared, a row each:
 *   id, title
 *   threads    one-core runs take only those with 1, unless named
 *   mode       lbtop's own rows: the workloads they take part in
 *   missing()  why it cannot run here, or undefined
 *   prepare({directory, port, servers})  writes its configuration into the
 *              directory and gives `{command, args}`; `servers` are the two
 *              ports to balance over, `port` the one to listen on
 * `startPeer` starts a row and waits until it answers a PING.
 */
import {spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {fileLimit, isInstalled} from './machine.mjs';
import {answersPing, freePort, processTree, startProgram} from './processes.mjs';

const BUILD_MS = 120_000;

const fromRoot = path => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** Where the built program is started from. */
export const launcher = fromRoot('bin/lbtop.js');

export const peers = [
	{
		id: 'direct',
		title: 'direct (no balancer)',
		threads: 1,
		missing: () => undefined,
	},
	haproxy('haproxy-1', 1),
	haproxy('haproxy-2', 2),
	nginx('nginx-1', 1),
	nginx('nginx-2', 2),
	{
		id: 'pipe',
		title: 'bare Node pipe',
		threads: 1,
		missing: () => undefined,
		prepare: ({port, servers}) => ({
			command: process.execPath,
			args: [fromRoot('bench/pipe.mjs'), String(port), ...servers.map(String)],
		}),
	},
	lbtop({id: 'lbtop', title: 'lbtop balancer'}),
	lbtop({id: 'lbtop-public', title: 'lbtop, public API only', transport: 'public'}),
	lbtop({id: 'lbtop-joined', title: 'lbtop, connection mode', mode: 'connection'}),
];

/** The balancer of another checkout, to set against this one's in the same rounds. */
export function otherLbtop(folder) {
	return lbtop({id: 'lbtop-other', title: 'the other lbtop', from: join(folder, 'bin/lbtop.js')});
}

function lbtop({id, title, transport = 'fast', mode = 'message', from = launcher}) {
	return {
		id,
		title,
		mode,
		threads: 1,
		missing: () => missingLbtop(from),
		prepare: ({port, servers}) => ({
			command: process.execPath,
			args: [
				...[from, 'balancer', '--port', String(port)],
				...servers.flatMap((server, index) => ['--server', `127.0.0.1:${server},name=Server ${index + 1}`]),
				...['--log-detail', 'off', '--transport', transport, '--mode', mode],
			],
		}),
	};
}

/** Builds lbtop where that is due, and says why it cannot be started, or undefined. */
export function missingLbtop(from = launcher) {
	if (!existsSync(from)) return 'lbtop is not in this checkout';
	const {status, stderr} = spawnSync(process.execPath, [from, '--version'], {
		encoding: 'utf8',
		timeout: BUILD_MS,
	});
	return status === 0 ? undefined : `lbtop does not start: ${stderr.trim().split('\n').at(-1)}`;
}

/**
 * Starts a row: gives the port to send to, its `pids()`, and `stop()`. The row
 * `direct` starts nothing: its port and process are the first server's.
 */
export async function startPeer(row, {directory, servers, core}) {
	if (!row.prepare) {
		const [server] = servers;
		return {port: server.port, pids: () => [server.pid], stop: async () => {}};
	}
	const port = await freePort();
	const folder = mkdtempSync(join(directory, `${row.id}-`));
	const ports = servers.map(server => server.port);
	const {command, args} = row.prepare({
		directory: folder,
		port,
		servers: ports,
	});
	const program = startProgram(command, args, {cwd: folder, core});
	try {
		await answersPing(program, port);
	} catch (error) {
		await program.stop();
		throw error;
	}
	const pids = () => processTree(program.pid).map(({pid}) => pid);
	return {port, pids, stop: program.stop};
}

function haproxy(id, threads) {
	return {
		id,
		title: `HAProxy, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
		threads,
		missing: () => (isInstalled('haproxy') ? undefined : 'haproxy is not installed here'),
		prepare: ({directory, port, servers}) => ({
			command: 'haproxy',
			args: ['-db', '-f', writeHaproxy({directory, port, servers, threads})],
		}),
	};
}

/** Writes a plain TCP round-robin configuration and gives its path. */
export function writeHaproxy({directory, port, servers, threads}) {
	const connections = Math.min(9500, Math.floor((fileLimit() - 500) / 2));
	return write(directory, 'haproxy.cfg', [
		'global',
		`    maxconn ${connections}`,
		`    nbthread ${threads}`,
		'defaults',
		'    mode tcp',
		'    timeout connect 5s',
		'    timeout client 60s',
		'    timeout server 60s',
		'    balance roundrobin',
		'frontend f',
		`    bind 127.0.0.1:${port} backlog 4096`,
		'    default_backend b',
		'backend b',
		...servers.map((server, i) => `    server s${i + 1} 127.0.0.1:${server}`),
	]);
}

function nginx(id, workers) {
	return {
		id,
		title: `nginx stream, ${workers} ${workers === 1 ? 'worker' : 'workers'}`,
		threads: workers,
		missing: missingNginx,
		prepare: ({directory, port, servers}) => {
			const file = writeNginx({directory, port, servers, workers});
			return {command: 'nginx', args: ['-p', directory, '-c', file]};
		},
	};
}

function missingNginx() {
	if (!isInstalled('nginx')) return 'nginx is not installed here';
	return nginxStream() === undefined ? 'nginx has no stream module here' : undefined;
}

/** The line that loads nginx's stream module, empty when it is built in. */
function nginxStream() {
	const {stderr} = spawnSync('nginx', ['-V'], {encoding: 'utf8'});
	if (/--with-stream(\s|$)/.test(stderr)) return '';
	const folders = [/--modules-path=(\S+)/.exec(stderr)?.[1], '/usr/lib/nginx/modules', '/usr/lib64/nginx/modules'];
	const module = folders
		.filter(folder => folder !== undefined)
		.map(folder => join(folder, 'ngx_stream_module.so'))
		.find(file => existsSync(file));
	return module && `load_module ${module};`;
}

function writeNginx({directory, port, servers, workers}) {
	const files = Math.min(20_000, fileLimit());
	const reuse = workers > 1 ? ' reuseport' : '';
	return write(directory, 'nginx.conf', [
		nginxStream(),
		'daemon off;',
		'master_process on;',
		`worker_processes ${workers};`,
		`worker_rlimit_nofile ${files};`,
		'pid nginx.pid;',
		'error_log /dev/null;',
		`events { worker_connections ${files - 1000}; multi_accept on; }`,
		'stream {',
		`    upstream b { ${servers.map(server => `server 127.0.0.1:${server};`).join(' ')} }`,
		`    server { listen 127.0.0.1:${port} backlog=4096${reuse}; proxy_pass b; tcp_nodelay on; access_log off; }`,
		'}',
	]);
}

function write(directory, name, lines) {
	const file = join(directory, name);
	writeFileSync(file, `${lines.join('\n')}\n`);
	return file;
}
