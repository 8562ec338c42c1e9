import {describe, expect, test} from 'vitest';
import {type AlgorithmName, algorithmNames} from '../../src/domain/algorithm.ts';
import {haproxyAlgorithms} from '../../src/domain/engine.ts';
import {haproxyConfiguration, type NamedServer} from '../../src/engines/haproxy-configuration.ts';
import {haproxySettings} from '../../src/engines/haproxy-settings.ts';
import {testPlan} from '../support/plan.ts';

const {balancer, clients} = testPlan();

const server = (over: Partial<NamedServer> = {}): NamedServer => ({
	...{id: 'server-1', name: 'Server 1', host: '127.0.0.1', port: 9001, weight: 1, administration: 'ready'},
	...over,
});

/** Its lines, without their indents, as these options have it. */
const linesWith = (
	settings: string[],
	over: Partial<Parameters<typeof haproxyConfiguration>[0]> = {},
	ackTimeoutMs = 1000,
) =>
	haproxyConfiguration({
		...{host: '127.0.0.1', port: 9000, algorithm: 'round-robin', servers: [server()], socket: '/tmp/a.sock'},
		...{
			isOurs: true,
			settings: haproxySettings({balancer: {...balancer, settings}, clients: {...clients, ackTimeoutMs}}),
		},
		...over,
	})
		.split('\n')
		.map(line => line.trim());

test('as the defaults have it: our bounds of checks, every retry on another server', () => {
	const lines = linesWith([]);
	for (const line of [
		'mode tcp',
		'noreuseport',
		'retries 3',
		'option redispatch 1',
		'bind 127.0.0.1:9000',
		'balance roundrobin',
		'option tcp-check',
		String.raw`tcp-check send PING\n`,
		'tcp-check expect string PONG',
		'timeout check 500ms',
		'timeout queue 2000ms',
		'timeout client 3600000ms',
		'timeout client-fin 300000ms',
		'stats socket unix@/tmp/a.sock mode 600 level admin',
		'default-server check inter 500ms fastinter 200ms downinter 500ms rise 2 fall 3 observe layer4 error-limit 1 on-error mark-down',
		'server server-1 127.0.0.1:9001 weight 1',
	])
		expect(lines).toContain(line);
});

test.each<[option: string, line: string]>([
	['--inter=1s', 'default-server check inter 1000ms fastinter 200ms downinter 1000ms'],
	['--downinter=3s', 'downinter 3000ms'],
	['--fall=5', 'fall 5'],
	['--observe=none', 'rise 2 fall 3'],
	['--error-limit=4', 'observe layer4 error-limit 4 on-error mark-down'],
	['--slowstart=3s', 'slowstart 3000ms'],
	['--on-marked-down=shutdown-sessions', 'on-marked-down shutdown-sessions'],
	['--spread-checks=20', 'spread-checks 20'],
	['--maxconn=50', 'maxconn 50'],
	['--server-maxconn=7', 'server server-1 127.0.0.1:9001 weight 1 maxconn 7'],
	['--redeliveries=1', 'retries 1'],
	['--connect-timeout=3s', 'timeout connect 3000ms'],
	['--check-send=HAI IDO\\n', 'tcp-check send-binary 4841492049444f0a'],
	['--check-expect=a;#"', 'tcp-check expect binary 613b2322'],
])('%s', (option, line) => {
	expect(linesWith([option]).join('\n')).toContain(line);
});

test('--observe none leaves errors in use out, 0 is no time-out, a check that only connects says nothing', () => {
	expect(linesWith(['--observe=none']).join('\n')).not.toMatch(/observe|on-error/);
	expect(linesWith(['--client-timeout=0']).join('\n')).not.toMatch(/timeout client /);
	expect(linesWith(['--check-connect']).join('\n')).not.toMatch(/tcp-check (send|expect)/);
});

test('its pause before the only other server fits in the time for which clients wait', () => {
	expect(linesWith([], {}, 300)).toContain('timeout connect 150ms');
	expect(linesWith([], {}, 60_000)).toContain('timeout connect 2000ms');
});

test("servers that are not lbtop's own may answer a check what they like", () => {
	expect(linesWith([], {isOurs: false})).toContain('tcp-check expect rstring .');
});

test('a server as it was set last; whatever stands in an address stays one word', () => {
	const servers = [
		server({weight: 30, maxconn: 9, administration: 'maint'}),
		server({id: 'server-2', host: "a#b'c", port: 1, administration: 'drain'}),
		server({id: 'server-3', host: '::1', port: 2}),
	];
	const lines = linesWith([], {servers});
	expect(lines).toContain('server server-1 127.0.0.1:9001 weight 30 maxconn 9 disabled');
	expect(lines).toContain(String.raw`server server-2 'a#b'\''c:1' weight 1`);
	expect(lines).toContain('server server-3 [::1]:2 weight 1');
});

describe('algorithms', () => {
	test.each<[AlgorithmName, string]>([
		['round-robin', 'roundrobin'],
		['least-connections', 'leastconn'],
		['random', 'random(1)'],
		['p2c', 'random(2)'],
		['source-hash', 'source'],
		['first', 'first'],
	])('%s is %s', (algorithm, word) => {
		expect(linesWith([], {algorithm})).toContain(`balance ${word}`);
	});
	test('some of ours it has not', () => {
		expect(algorithmNames.filter(name => haproxyAlgorithms[name] === undefined)).toContain('peak-ewma');
	});
});
