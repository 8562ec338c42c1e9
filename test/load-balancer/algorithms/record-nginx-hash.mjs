/**
 * Records which server nginx's `hash KEY consistent` chooses, into nginx-hash.json beside this file:
 * `node test/load-balancer/algorithms/record-nginx-hash.mjs` (needs nginx with its stream module).
 */

import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';

const pools = [
	[1, 1],
	[5, 1, 1],
	[1, 2, 3, 4, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 7],
].map(weights => weights.map((weight, place) => ({host: `127.0.0.${1 + (place % 3)}`, port: 29_001 + place, weight})));
const keys = [
	...Array.from({length: 40}, (_, i) => `c${i + 1}`),
	...Array.from({length: 20}, (_, i) => `10.0.${i}.${i * 7}`),
	...['a', 'HAI IDO', 'order:4711', 'x'.repeat(60), 'Grüße', '日本語'],
];

const folder = mkdtempSync(path.join(os.tmpdir(), 'nginx-hash-'));
const servers = [];
for (const {host, port} of pools.at(-1)) {
	const server = net.createServer(socket => socket.end(`${host}:${port}`)).listen(port, host);
	await once(server, 'listening');
	servers.push(server);
}
const socketOf = (pool, key) => path.join(folder, `${pool}-${key}`);
const config = `
	daemon off; pid ${folder}/pid; error_log ${folder}/error.log;
	${['/usr/lib/nginx/modules/ngx_stream_module.so'].filter(existsSync).map(file => `load_module ${file};`)}
	events { worker_connections 512; }
	stream {
		${pools
			.map(
				(pool, number) => `upstream pool${number} {
			hash $key consistent;
			${pool.map(({host, port, weight}) => `server ${host}:${port} weight=${weight};`).join(' ')}
		}
		${keys.map((key, at) => `server { listen unix:${socketOf(number, at)}; set $key "${key}"; proxy_pass pool${number}; }`).join('\n')}`,
			)
			.join('\n')}
	}`;
writeFileSync(path.join(folder, 'nginx.conf'), config);
const nginx = spawn('nginx', ['-p', folder, '-c', path.join(folder, 'nginx.conf')], {stdio: 'inherit'});
try {
	for (let tries = 0; tries < 100 && !existsSync(socketOf(pools.length - 1, keys.length - 1)); tries++) await sleep(50);
	await sleep(200);
	const ask = async file => {
		const socket = net.connect(file);
		let answer = '';
		for await (const bytes of socket) answer += bytes;
		return answer;
	};
	const recorded = [];
	for (const [number, pool] of pools.entries()) {
		const chosen = {};
		for (const [at, key] of keys.entries()) chosen[key] = await ask(socketOf(number, at));
		recorded.push({servers: pool, chosen});
	}
	const [, version] = /nginx\/(\S+)/.exec(spawnSync('nginx', ['-v'], {encoding: 'utf8'}).stderr);
	const file = path.join(import.meta.dirname, 'nginx-hash.json');
	writeFileSync(file, `${JSON.stringify({nginx: version, pools: recorded}, null, '\t')}\n`);
} finally {
	nginx.kill();
	for (const server of servers) server.close();
	rmSync(folder, {recursive: true, force: true});
}
