/**
 * What the balancer bench can measure. `generator` is the load generator's
 * WORKLOAD CONNECTIONS DEPTH; `asked` the figures to reach, as ratios to other
 * systems of the same round; the ones with `standard` are measured by default.
 */
export const workloads = [
	{
		id: 'w1-64',
		title: 'a connection per message, 64 clients',
		generator: ['connect', 64, 1],
		asked: {'haproxy-1': 1.25, pipe: 2},
		standard: true,
	},
	{
		id: 'w1-512',
		title: 'a connection per message, 512 clients',
		generator: ['connect', 512, 1],
		asked: {'haproxy-1': 1.25, pipe: 2},
		standard: true,
	},
	{
		id: 'w2-64',
		title: 'ping-pong over 64 connections',
		generator: ['ping-pong', 64, 1],
		asked: {'haproxy-1': 1.25, pipe: 2},
		standard: true,
	},
	{
		id: 'w2-512',
		title: 'ping-pong over 512 connections',
		generator: ['ping-pong', 512, 1],
		asked: {'haproxy-1': 1.25, pipe: 2},
		standard: true,
	},
	{
		id: 'w3',
		title: '16 connections, 128 messages in flight on each',
		generator: ['pipelined', 16, 128],
		asked: {'haproxy-1': 0.9},
		standard: true,
	},
	{
		id: 'w2-2048',
		title: 'ping-pong over 2,048 connections',
		generator: ['ping-pong', 2048, 1],
		asked: {},
		standard: false,
	},
	{
		id: 'w2-8192',
		title: 'ping-pong over 8,192 connections',
		generator: ['ping-pong', 8192, 1],
		asked: {},
		standard: false,
	},
	{
		id: 'w4',
		title: '4 connections, 4 lines of 64 KiB in flight on each',
		generator: ['bulk', 4, 4],
		asked: {},
		standard: false,
	},
	{
		id: 'storm',
		title: 'new connections of 128 clients while 512 others are busy',
		generator: ['storm', 512, 128],
		asked: {},
		standard: false,
	},
];
