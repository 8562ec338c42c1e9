/** HAProxy, nginx and our own balancer in connection mode, in front of the same servers: what can be asked of all of them. */

import {spawn, spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {connect} from 'node:net';
import os from 'node:os';
import path from 'node:path';
import {freePort} from '../load-balancer/support/servers.ts';
import {until} from '../support/until.ts';

/** A running engine. */
export type Engine = {port: number; pid: number; stop(): Promise<void>};

/** `missing`: why it cannot run here. `configure` writes what it needs into a folder and gives its command line. */
export type EngineRow = {
	name: 'lbtop' | 'HAProxy' | 'nginx';
	missing: string | undefined;
	configure(place: {folder: string; port: number; servers: number[]}): string[];
};

const nginxModule = findNginxModule();

export const engines: EngineRow[] = [
	{
		name: 'lbtop',
		missing: undefined,
		configure: ({folder, port, servers}) => [
			...[process.execPath, path.resolve(import.meta.dirname, '../../dist/balancer.js'), '--mode', 'connection'],
			...['--port', `${port}`, ...servers.flatMap(server => ['--server', `127.0.0.1:${server}`])],
			...['--log', path.join(folder, 'log.txt'), '--log-detail', 'off'],
		],
	},
	{
		name: 'HAProxy',
		missing: isInstalled('haproxy') ? undefined : 'haproxy is not installed here',
		configure: ({folder, port, servers}) => {
			const file = write(folder, 'haproxy.cfg', [
				...['global', 'maxconn 2000', 'defaults', 'mode tcp', 'balance roundrobin', 'retries 3', 'option redispatch 1'],
				...['timeout connect 1s', 'timeout client 30s', 'timeout server 30s'],
				...['frontend lab', `bind 127.0.0.1:${port}`, 'default_backend pool', 'backend pool'],
				...servers.map((server, place) => `server s${place + 1} 127.0.0.1:${server}`),
			]);
			return ['haproxy', '-db', '-f', file];
		},
	},
	{
		name: 'nginx',
		missing: nginxModule === undefined ? 'nginx with its stream module is not installed here' : undefined,
		configure: ({folder, port, servers}) => {
			const file = write(folder, 'nginx.conf', [
				...[nginxModule ?? '', 'daemon off;', 'master_process off;', 'pid nginx.pid;', 'error_log /dev/null;'],
				...['events { worker_connections 2000; }', 'stream {', 'upstream pool {'],
				...servers.map(server => `server 127.0.0.1:${server};`),
				...['}', `server { listen 127.0.0.1:${port}; proxy_pass pool; proxy_connect_timeout 1s; }`, '}'],
			]);
			return ['nginx', '-p', folder, '-c', file];
		},
	},
];

/** Starts an engine on a free port, and waits until it accepts. */
export async function startEngine({name, configure}: EngineRow, servers: number[]): Promise<Engine> {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'lbtop-engine-'));
	const port = await freePort();
	const [command, ...args] = configure({folder, port, servers});
	const child = spawn(command!, args, {cwd: folder, stdio: ['ignore', 'ignore', 'pipe']});
	let errors = '';
	child.stderr.on('data', data => {
		errors += data;
	});
	const ended = new Promise<void>(resolve => child.once('exit', () => resolve()));
	const stop = async () => {
		child.kill('SIGKILL');
		await ended;
		rmSync(folder, {recursive: true, force: true});
	};
	try {
		await until(() => accepts(port), {what: () => `${name} accepts on ${port}: ${errors}`});
	} catch (error) {
		await stop();
		throw error;
	}
	return {port, pid: child.pid!, stop};
}

function accepts(port: number): Promise<boolean> {
	return new Promise(resolve => {
		const socket = connect(port, '127.0.0.1');
		socket.once('connect', () => {
			socket.destroy();
			resolve(true);
		});
		socket.once('error', () => resolve(false));
	});
}

function isInstalled(command: string): boolean {
	return spawnSync(command, ['-v'], {stdio: 'ignore'}).status === 0;
}

/** The line that loads nginx's stream module, empty where it is built in. */
function findNginxModule(): string | undefined {
	const {stderr, status} = spawnSync('nginx', ['-V'], {encoding: 'utf8'});
	if (status !== 0) return undefined;
	if (/--with-stream(\s|$)/.test(stderr)) return '';
	const folders = [/--modules-path=(\S+)/.exec(stderr)?.[1], '/usr/lib/nginx/modules', '/usr/lib64/nginx/modules'];
	const file = folders.flatMap(folder => (folder ? [path.join(folder, 'ngx_stream_module.so')] : [])).find(existsSync);
	return file && `load_module ${file};`;
}

function write(folder: string, name: string, lines: string[]): string {
	const file = path.join(folder, name);
	writeFileSync(file, `${lines.join('\n')}\n`);
	return file;
}
