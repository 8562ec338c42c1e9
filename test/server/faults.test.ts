import {afterEach, beforeEach, describe, expect, it, test} from 'vitest';
import {seededRandom} from '../../src/domain/random.ts';
import {createSelection} from '../../src/server/faults/selection.ts';
import {until} from '../support/until.ts';
import {startTestServer, type TestServer} from './support.ts';

let server: TestServer;
let crashes: string[];
beforeEach(async () => {
	crashes = [];
	server = await startTestServer({crash: reason => crashes.push(reason)});
});
afterEach(() => server.close());

const ack = 'ACK from Server 1\n';
const frame = (slot: number, lines: string) => `B ${slot} ${Buffer.byteLength(lines)}\n${lines}`;
const executions = () =>
	server
		.log()
		.filter(({label}) => label === 'ACK Sent')
		.map(({values}) => `${values!.id} ${values!.fault ?? '-'}`);

describe.each([
	{
		fault: 'wrong-answer nth=2',
		plain: `#a ${ack}#nobody-0 ${ack}#c ${ack}`,
		trunk: frame(1, `#a ${ack}`) + frame(2, `#nobody-0 ${ack}`) + frame(3, `#c ${ack}`),
		executed: ['a -', 'b wrong-answer', 'c -'],
	},
	{
		fault: 'double-ack nth=2',
		plain: `#a ${ack}#b ${ack}#b ${ack}#c ${ack}`,
		trunk: frame(1, `#a ${ack}`) + frame(2, `#b ${ack}#b ${ack}`) + frame(3, `#c ${ack}`),
		executed: ['a -', 'b double-ack', 'c -'],
	},
	{
		fault: 'no-ack nth=2',
		plain: `#a ${ack}#c ${ack}`,
		trunk: frame(1, `#a ${ack}`) + frame(3, `#c ${ack}`),
		executed: ['a -', 'b no-ack', 'c -'],
	},
	{
		fault: 'half-answer nth=3',
		plain: `#a ${ack}#b ${ack}#c ACK fro`,
		trunk: `${frame(1, `#a ${ack}`)}${frame(2, `#b ${ack}`)}B 3 21\n#c ACK fro`,
		executed: ['a -', 'b -', 'c half-answer'],
	},
	{
		fault: 'close nth=3',
		plain: `#a ${ack}#b ${ack}`,
		trunk: frame(1, `#a ${ack}`) + frame(2, `#b ${ack}`),
		executed: ['a -', 'b -'],
	},
	{
		fault: 'fail-first 2',
		plain: `#a NAK from Server 1: unavailable fail-first\n#b NAK from Server 1: unavailable fail-first\n#c ${ack}`,
		trunk:
			frame(1, '#a NAK from Server 1: unavailable fail-first\n') +
			frame(2, '#b NAK from Server 1: unavailable fail-first\n') +
			frame(3, `#c ${ack}`),
		executed: ['c -'],
	},
	{
		fault: 'fail-first 1 how=close',
		plain: `#b ${ack}#c ${ack}`,
		trunk: frame(2, `#b ${ack}`) + frame(3, `#c ${ack}`),
		executed: ['b -', 'c -'],
	},
])('$fault', ({fault, plain, trunk, executed}) => {
	const sorted = (text: string) => text.split(/(?<=\n)(?=[#B])/).sort();

	it('on a plain connection', async () => {
		server.fault(fault);
		const client = server.connect();
		client.send('#a x\n#b x\n#c x\n');
		await until(() => client.received().length >= plain.length, {what: () => JSON.stringify(client.received())});
		client.socket.end();
		await client.ended();
		expect(sorted(client.received())).toEqual(sorted(plain));
		expect(executions().sort()).toEqual(executed);
	});

	it('on a trunk', async () => {
		server.fault(fault);
		const client = server.connect();
		client.send(`TRUNK\n${frame(1, '#a x\n')}${frame(2, '#b x\n')}${frame(3, '#c x\n')}`);
		await until(() => client.received().length >= trunk.length, {what: () => JSON.stringify(client.received())});
		client.socket.end();
		await client.ended();
		expect(sorted(client.received())).toEqual(sorted(trunk));
		expect(executions().sort()).toEqual(executed);
	});
});

describe.each(['plain', 'trunk'])('on a connection of kind %s', kind => {
	const request = (id: string) => (kind === 'trunk' ? frame(1, `#${id} x\n`) : `#${id} x\n`);
	const reply = (id: string) => (kind === 'trunk' ? frame(1, `#${id} ${ack}`) : `#${id} ${ack}`);
	const open = async () => {
		const client = server.connect();
		client.send(`${kind === 'trunk' ? 'TRUNK\n' : ''}${request('before')}`);
		await client.gets(reply('before'));
		return client;
	};

	test('half-answer and close end it with FIN while the peer still sends', async () => {
		for (const fault of ['half-answer', 'close']) {
			const client = await open();
			const end = server.fault(fault);
			client.send(request(fault));
			await client.ended();
			expect(client.error()).toBe('');
			end();
		}
		expect(executions()).toEqual(['before -', 'half-answer half-answer', 'before -']);
	});

	test('reset ends it with RST, and nothing is executed', async () => {
		const client = await open();
		server.fault('reset');
		client.send(request('a'));
		await client.ended();
		expect(client.error()).toBe('ECONNRESET');
		expect(executions()).toEqual(['before -']);
	});

	test('garbage is a line of other bytes', async () => {
		const client = await open();
		server.fault('garbage');
		client.send(request('a'));
		await until(() => client.received().length > reply('before').length + 16);
		expect(client.received().slice(reply('before').length)).not.toContain('ACK');
		expect(executions()).toEqual(['before -', 'a garbage']);
	});

	test('crash comes on the nth message, which is not executed', async () => {
		const client = await open();
		server.fault('crash 2');
		client.send(request('a') + request('b'));
		await until(() => crashes.length > 0);
		expect(executions()).toEqual(['before -', 'a -']);
	});

	test('slow answers late and in the order of their times, and executes then', async () => {
		const client = await open();
		const end = server.fault('slow 150ms nth=2');
		const from = performance.now();
		client.send(request('a') + request('b'));
		await until(() => client.received().endsWith(reply('b')));
		expect(performance.now() - from).toBeGreaterThanOrEqual(149);
		expect(executions()).toEqual(['before -', 'a -', 'b -']);
		end();
		client.send(request('c') + request('d'));
		await until(() => client.received().endsWith(reply('c') + reply('d')));
		expect(server.tick().inFlight).toBe(0);
	});

	test('never-read takes no bytes from old and new connections until it is undone; then all are answered', async () => {
		const client = await open();
		const end = server.fault('never-read');
		const late = server.connect();
		await late.connected();
		late.send('PING\n');
		client.send(request('a'));
		await until(() => server.tick().connections === 2);
		// Whatever was on its way has been delivered once a further connection was taken and closed again.
		const probe = server.connect();
		await probe.connected();
		await until(() => server.tick().connections === 3);
		probe.socket.destroy();
		expect(server.tick().received).toBe(1);
		expect(client.received() + late.received()).toBe(reply('before'));
		end();
		await client.gets(reply('before') + reply('a'));
		await late.gets('PONG from Server 1 trunk/1\n');
	});

	test('refuse lets connections go on and refuses new ones until it is undone', async () => {
		const client = await open();
		const end = server.fault('refuse');
		const refused = server.connect();
		await refused.ended();
		expect(refused.error()).toBe('ECONNREFUSED');
		client.send(request('a'));
		await client.gets(reply('before') + reply('a'));
		end();
		await until(async () => (await server.ask('x\n').catch(() => '')) === ack);
	});
});

test('several at once compose: slow, then wrong, then double; one undone leaves the others', async () => {
	server.fault('double-ack');
	const right = server.fault('wrong-answer');
	server.fault('slow 30ms');
	const from = performance.now();
	expect(await server.ask('#a x\n')).toBe(`#nobody-0 ${ack}#nobody-0 ${ack}`);
	expect(performance.now() - from).toBeGreaterThanOrEqual(29);
	expect(executions()).toEqual(['a wrong-answer,double-ack']);
	right();
	expect(await server.ask('#b x\n')).toBe(`#b ${ack}#b ${ack}`);
	server.fault('close');
	expect(await server.ask('#c x\n')).toBe('');
});

test('a fault leaves PING alone, and takes the kind that was asked for', async () => {
	server.fault('no-ack kind=json');
	expect(await server.ask('PING\n#a {"order":1}\n#b HAI IDO\n')).toBe(`PONG from Server 1 trunk/1\n#b ${ack}`);
});

test('a message that was executed and not answered is known when it comes again', async () => {
	const end = server.fault('no-ack');
	await server.ask('#a x\n');
	end();
	expect(await server.ask('#a x\n')).toBe(`#a ${ack}`);
	expect(server.tick()).toMatchObject({executed: 1, repeated: 1});
});

test('a fault of a process is none of a server, and what was never begun does not end', () => {
	expect(server.beginFault(1, {kind: 'kill', parameters: {}})).toBe(false);
	expect(server.endFault(1)).toBe(false);
});

test('a selection: the share by the seed, within its kind, and of these every nth', () => {
	const count = (which: Parameters<typeof createSelection>[0], texts: string[]) =>
		texts.filter(createSelection(which, seededRandom(7))).length;
	const texts = Array.from({length: 3000}, (_, index) => (index % 3 === 0 ? String(index) : 'HAI IDO'));
	expect(count({share: 1, kind: 'any', nth: 1}, texts)).toBe(3000);
	expect(count({share: 0, kind: 'any', nth: 1}, texts)).toBe(0);
	expect(count({share: 1, kind: 'number', nth: 10}, texts)).toBe(100);
	expect(count({share: 0.3, kind: 'greeting', nth: 1}, texts)).toBeGreaterThan(540);
	expect(count({share: 0.3, kind: 'greeting', nth: 1}, texts)).toBeLessThan(660);
	expect(count({share: 0.3, kind: 'any', nth: 1}, texts)).toBe(count({share: 0.3, kind: 'any', nth: 1}, texts));
});
