/**
 * What the balancer bench measures, a row each, in this order: memory is kept for later, so few connections come first.
 *   generator  the load generator's WORKLOAD CONNECTIONS DEPTH
 *   asked      figures to reach with everything on one core, by system, as
 *              ratios to HAProxy with one thread: `times` its messages a second
 *              at least, `p99` and `cpu` (per message) at most
 *   best       the same for lbtop unpinned: times the better of HAProxy and
 *              nginx with one and two threads
 *   mode       which of lbtop's rows take part; `message` where nothing is said
 *   servers    `plain`: servers that do not speak the trunk, but echo IDs
 *   standard   measured when no workload is named
 */
const light = {p99: 0.6, cpu: 0.6};
const heavy = {p99: 1.1};
const anywhere = {'lbtop-public': {times: 1.25}};

export const workloads = [
	{
		id: 'w1-64',
		title: 'a connection per message, 64 clients',
		generator: ['connect', 64, 1],
		asked: {lbtop: {times: 1.7, ...light}, ...anywhere},
		best: 1.8,
		standard: true,
	},
	{
		id: 'w2-64',
		title: 'ping-pong over 64 connections',
		generator: ['ping-pong', 64, 1],
		asked: {lbtop: {times: 1.6, ...light}, ...anywhere},
		best: 1.35,
		standard: true,
	},
	{
		id: 'w1-512',
		title: 'a connection per message, 512 clients',
		generator: ['connect', 512, 1],
		asked: {lbtop: {times: 1.6, ...light}, ...anywhere},
		best: 1.8,
		standard: true,
	},
	{
		id: 'w2-512',
		title: 'ping-pong over 512 connections',
		generator: ['ping-pong', 512, 1],
		asked: {lbtop: {times: 1.7, ...light}, ...anywhere},
		best: 1.35,
		standard: true,
	},
	{
		id: 'w2-2048',
		title: 'ping-pong over 2,048 connections',
		generator: ['ping-pong', 2048, 1],
		asked: {lbtop: {times: 1.8, ...heavy}},
		standard: true,
	},
	{
		id: 'w2-8192',
		title: 'ping-pong over 8,192 connections',
		generator: ['ping-pong', 8192, 1],
		asked: {lbtop: {times: 1.2, ...heavy}},
		standard: true,
	},
	{
		id: 'w3',
		title: '16 connections, 128 messages in flight on each',
		generator: ['pipelined', 16, 128],
		asked: {lbtop: {times: 1, ...heavy}},
		best: 1,
		standard: true,
	},
	{
		id: 'bulk',
		title: '4 connections, 4 lines of 64 KiB in flight on each',
		generator: ['bulk', 4, 4],
		asked: {lbtop: {times: 1.2, ...heavy}},
		best: 1.2,
		standard: true,
	},
	{
		id: 'storm',
		title: 'new connections of 128 clients while 512 others are busy',
		generator: ['storm', 512, 128],
		asked: {lbtop: {times: 4, ...heavy}},
		standard: true,
	},
	...[
		{of: 'w1-64', title: 'a connection per message, 64 clients', generator: ['connect', 64, 1], times: 1.53},
		{of: 'w2-64', title: 'ping-pong over 64 connections', generator: ['ping-pong', 64, 1], times: 1.44},
		{of: 'w3', title: '16 connections, 128 in flight on each', generator: ['pipelined', 16, 128], times: 0.9},
		{of: 'bulk', title: '4 connections, 4 lines of 64 KiB on each', generator: ['bulk', 4, 4], times: 1.08},
	].map(({of, title, generator, times}) => ({
		id: `plain-${of}`,
		title: `${title}, servers without the trunk`,
		generator,
		servers: 'plain',
		asked: {lbtop: {times}},
		standard: true,
	})),
	...[
		{of: 'w2-64', title: 'ping-pong over 64 connections', generator: ['ping-pong', 64, 1], times: 0.7},
		{of: 'bulk', title: '4 connections, 4 lines of 64 KiB on each', generator: ['bulk', 4, 4], times: 0.8},
		{of: 'w1-64', title: 'a connection per message, 64 clients', generator: ['connect', 64, 1], times: 0.6},
	].map(({of, title, generator, times}) => ({
		id: `joined-${of}`,
		title: `${title}, in connection mode`,
		generator,
		mode: 'connection',
		asked: {'lbtop-joined': {times}},
		standard: true,
	})),
];

/** Memory asked of lbtop: at few connections (measured before it ever had more), and for each one more. */
export const memoryAsked = {few: 'w2-64', many: 'w2-8192', fewMb: 60, moreKib: 6};

/** How many connections a workload holds open. */
export function connectionsOf(id) {
	return workloads.find(workload => workload.id === id).generator[1];
}
