import {readFileSync} from 'node:fs';
import {connect, type Socket} from 'node:net';
import path from 'node:path';
import {connect as connectTls, type TLSSocket} from 'node:tls';
import {afterEach, describe, expect, it} from 'vitest';
import {parseProxyHeader} from '../../src/load-balancer/proxy/parse-proxy-header.ts';
import {proxyHeader} from '../../src/load-balancer/proxy/proxy-header.ts';
import type {BalancerSettings, Limits} from '../../src/load-balancer/settings.ts';
import {until} from '../support/until.ts';
import {startBalancer, type TestBalancer} from './support/balancer.ts';
import {connectTo, exchange} from './support/clients.ts';
import {startEcho} from './support/plain-tcp.ts';
import {startRawServer, startServer} from './support/servers.ts';

let balancer: TestBalancer;
const sockets: Socket[] = [];
afterEach(async () => {
	for (const socket of sockets) socket.destroy();
	await balancer.end();
});

const fixture = (name: string) => path.join(import.meta.dirname, 'fixtures', name);
const tls = {certificate: fixture('localhost-certificate.pem'), key: fixture('localhost-key.pem')};
const modes = ['message', 'connection'] as const;

const start = async (
	settings: Partial<Omit<BalancerSettings, 'health' | 'limits'>>,
	limits: Partial<Limits> = {},
	servers = [startServer('Server 1')],
) => {
	balancer = await startBalancer(await Promise.all(servers), {settings, limits, detail: 'all'});
};

const logged = () => balancer.logged.join('\n');

describe.each(modes)('a PROXY header in, %s mode', mode => {
	const accept = (limits: Partial<Limits> = {}) => start({mode, front: {acceptProxy: true}}, limits);
	const elsewhere = {remoteAddress: '203.0.113.7', remotePort: 7777, localAddress: '203.0.113.1', localPort: 80};

	it.each(['v1', 'v2'] as const)('%s is read and not passed on', async version => {
		await accept();
		const header = proxyHeader(elsewhere, version);
		expect(await exchange(balancer.port, Buffer.concat([header, Buffer.from('#a HAI IDO\n')]))).toBe(
			'#a ACK from Server 1\n',
		);
	});

	it('may come byte by byte, the message with its last one', async () => {
		await accept();
		const client = await connectTo(balancer.port);
		for (const byte of 'PROXY TCP4 203.0.113.7 203.0.113.1 7777 80\r') {
			client.send(byte);
			await new Promise(setImmediate);
		}
		client.send('\n#a HAI IDO\n');
		expect(await client.receives(1)).toEqual(['#a ACK from Server 1']);
		client.send('#b HAI IDO\n');
		await client.receives(2);
	});

	it.each(['PROXY UNKNOWN\r\n', '\r\n\r\n\0\r\nQUIT\n\x20\0\0\0'])(
		'%j leaves the connection its own ends',
		async header => {
			await accept();
			expect(await exchange(balancer.port, `${header}#a HAI IDO\n`)).toBe('#a ACK from Server 1\n');
		},
	);

	it('that is wrong, or none, closes the connection, counted and told once a second', async () => {
		await accept();
		expect(await exchange(balancer.port, '#a HAI IDO\n')).toBe('');
		expect(await exchange(balancer.port, 'PROXY TCP4 1.2.3.4 nobody 1 1\r\n#a HAI IDO\n')).toBe('');
		expect(logged()).toContain(
			'Refused a client without a PROXY header: no PROXY header came first {"cause":"accept-proxy"}',
		);
		expect(logged()).toContain('an address is none');
		expect(balancer.tick().accepted).toBe(0);
	});

	it('that ends too early closes it, too', async () => {
		await accept();
		expect(await exchange(balancer.port, 'PROXY TCP4')).toBe('');
		expect(logged()).toContain('it ended before');
	});

	it('that comes too late closes it, too', async () => {
		await accept({proxyMs: 200});
		const from = performance.now();
		const client = await connectTo(balancer.port);
		client.send('PROXY ');
		await until(client.isClosed);
		expect(performance.now() - from).toBeGreaterThan(190);
		expect(logged()).toContain('"cause":"proxy-timeout"');
	});
});

describe('the announced client', () => {
	const announced = (port: number, address = '203.0.113.7') =>
		connectTo(port).then(client => {
			client.send(`PROXY TCP4 ${address} 203.0.113.1 7777 80\r\n`);
			return client;
		});

	it('is who is counted, logged and told to the server', async () => {
		const headers: unknown[] = [];
		const server = await startRawServer('Server 1', socket => {
			socket.once('data', data => {
				const parsed = parseProxyHeader(data as Buffer);
				const rest = parsed.type === 'header' ? String(data.subarray(parsed.length)) : 'no header';
				if (rest === 'PING\n') socket.end('PONG\n');
				else {
					headers.push(parsed);
					socket.on('data', again => socket.write(again));
					socket.write(rest);
				}
				socket.on('end', () => socket.end());
			});
		});
		balancer = await startBalancer([server], {
			...{
				settings: {mode: 'connection', front: {acceptProxy: true}, sessions: {onMarkedDown: 'none', sendProxy: 'v2'}},
			},
			...{limits: {maxConnectionsPerSource: 1}, detail: 'all'},
		});
		const first = await announced(balancer.port);
		first.send('hello\n');
		await first.receives(1);
		expect(headers).toMatchObject([{endpoints: {source: '203.0.113.7', sourcePort: 7777, destination: '203.0.113.1'}}]);
		expect(balancer.sessions()).toMatchObject([{source: '203.0.113.7:7777'}]);
		const second = await announced(balancer.port);
		await until(second.isClosed);
		const other = await announced(balancer.port, '203.0.113.8');
		other.send('hello\n');
		await other.receives(1);
		first.socket.end();
		await until(() => logged().includes('"client":"203.0.113.7:7777","server":"Server 1","end":"--"'));
	});
});

describe('a PROXY header out', () => {
	it.each(['v1', 'v2'] as const)('%s names the client; a check names nobody', async version => {
		const heard: Buffer[] = [];
		const server = await startRawServer('Server 1', socket => {
			socket.once('data', data => {
				heard.push(data as Buffer);
				const parsed = parseProxyHeader(data as Buffer);
				socket.end(parsed.type === 'header' && parsed.endpoints ? 'welcome' : 'PONG\n');
			});
		});
		balancer = await startBalancer([server], {
			settings: {mode: 'connection', sessions: {onMarkedDown: 'none', sendProxy: version}},
		});
		await until(() => balancer.route('Server 1') === 'UP');
		const client = await connectTo(balancer.port);
		const {localPort} = client.socket;
		client.send('hi');
		await until(() => client.text() === 'welcome');
		const parsed = heard.map(bytes => ({...parseProxyHeader(bytes), text: String(bytes)}));
		expect(parsed[0]).not.toHaveProperty('endpoints');
		expect(parsed[0]).toMatchObject({type: 'header'});
		expect(parsed[0]!.text.endsWith('PING\n')).toBe(true);
		const wanted = {
			source: '127.0.0.1',
			sourcePort: localPort,
			destination: '127.0.0.1',
			destinationPort: balancer.port,
		};
		expect(parsed.find(each => 'endpoints' in each)).toMatchObject({endpoints: wanted});
	});
});

describe.each(modes)('TLS, %s mode', mode => {
	const open = async (options = {}) => {
		const socket = connectTls({
			...{host: '127.0.0.1', port: balancer.port, ca: readFileSync(tls.certificate), allowHalfOpen: true, ...options},
		});
		sockets.push(socket);
		let text = '';
		socket.on('data', data => {
			text += data;
		});
		socket.on('error', () => {});
		await new Promise<void>((resolve, reject) => {
			socket.once('secureConnect', resolve);
			socket.once('error', reject);
		});
		return {socket: socket as TLSSocket, text: () => text};
	};

	it('is spoken, and half-closed', async () => {
		await start({mode, front: {acceptProxy: false, tls}});
		const {socket, text} = await open();
		expect(socket.getProtocol()).toBe('TLSv1.3');
		socket.end('#a HAI IDO\n');
		await until(() => text() === '#a ACK from Server 1\n');
		await until(() => socket.readableEnded);
		await until(() => balancer.tick().clientConnections === 0);
	});

	it('is not older than 1.2', async () => {
		await start({mode, front: {acceptProxy: false, tls}});
		const old = {minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0'};
		await expect(open(old)).rejects.toThrow();
		expect((await open({maxVersion: 'TLSv1.2'})).socket.getProtocol()).toBe('TLSv1.2');
	});

	it('comes after a PROXY header', async () => {
		await start({mode, front: {acceptProxy: true, tls}});
		const raw = connect({host: '127.0.0.1', port: balancer.port, allowHalfOpen: true});
		sockets.push(raw);
		raw.write('PROXY TCP4 203.0.113.7 203.0.113.1 7777 80\r\n');
		const {socket, text} = await open({socket: raw});
		socket.write('#a HAI IDO\n');
		await until(() => text() === '#a ACK from Server 1\n');
		if (mode === 'connection') expect(balancer.sessions()).toMatchObject([{source: '203.0.113.7:7777'}]);
	});

	it('whose handshake takes too long is closed', async () => {
		await start({mode, front: {acceptProxy: false, tls}}, {handshakeMs: 200});
		const client = await connectTo(balancer.port);
		client.send(Buffer.from([22, 3, 1]));
		await until(client.isClosed);
		expect(logged()).toContain('"cause":"handshake-timeout"');
	});

	it('is not taken from who does not speak it', async () => {
		await start({mode, front: {acceptProxy: false, tls}});
		const client = await connectTo(balancer.port);
		client.send('HAI IDO\n');
		await until(client.isClosed);
		expect(logged()).toMatch(/Refused a client without TLS: .*tls-cert/);
		const leaver = await connectTo(balancer.port);
		leaver.socket.resetAndDestroy();
		expect((await open()).socket.authorized).toBe(true);
	});
});

describe('TLS in connection mode', () => {
	it('passes 20 MB both ways as they are', async () => {
		await start({mode: 'connection', front: {acceptProxy: false, tls}}, {}, [startEcho('Server 1')]);
		const sent = Buffer.alloc(20_000_000, 'twenty million bytes, in some order: 0123456789');
		const socket = connectTls({host: '127.0.0.1', port: balancer.port, rejectUnauthorized: false});
		sockets.push(socket);
		const received: Buffer[] = [];
		socket.on('data', data => received.push(data));
		socket.end(sent);
		await until(() => socket.readableEnded, {ms: 60_000});
		expect(Buffer.concat(received).equals(sent)).toBe(true);
	});
});

describe('TLS files of no use are told, with what to do', () => {
	it.each([
		[
			{certificate: '/nowhere.pem', key: tls.key},
			/could not read --tls-cert \/nowhere\.pem: there is no such file; give/,
		],
		[{certificate: tls.certificate, key: '/tmp'}, /could not read --tls-key \/tmp: it is a folder; give/],
		[{certificate: tls.key, key: tls.key}, /--tls-cert .*localhost-key\.pem is no certificate; give it in PEM/],
		[{certificate: tls.certificate, key: tls.certificate}, /--tls-key .*is no private key; give it in PEM/],
		[
			{certificate: tls.certificate, key: fixture('other-key.pem')},
			/--tls-key .*is not the key of the --tls-cert; give/,
		],
	])('%j', async (files, message) => {
		await expect(start({front: {acceptProxy: false, tls: files}})).rejects.toThrow(message);
		await start({});
	});
});
