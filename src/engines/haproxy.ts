/** HAProxy in the balancer's place: its configuration, its process, and who speaks for it. */

import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {balancerId, type Plan, serverId} from '../domain/plan.ts';
import {type Program, usualGraceMs} from '../orchestrator/program.ts';
import type {BalancerWishes} from '../programs.ts';
import {attendHaproxy} from './attend-haproxy.ts';
import {haproxyConfiguration, type NamedServer} from './haproxy-configuration.ts';
import {haproxyFile, haproxySettings} from './haproxy-settings.ts';
import {runFolder} from './run-folder.ts';

/** Its program; each start has a configuration with what people have set since. */
export function haproxyProgram(plan: Plan, wishes: BalancerWishes): Program {
	const {host, port, statsSocket} = plan.balancer;
	const configuration = path.join(runFolder(), 'haproxy.cfg');
	const socket = statsSocket ?? path.join(runFolder(), 'haproxy.sock');
	const settings = haproxySettings(plan);
	const servers = () => wishes.servers().map((server): NamedServer => ({...server, id: idOf(plan, server.name)}));
	const write = () => {
		mkdirSync(path.dirname(socket), {recursive: true, mode: 0o700});
		const isOurs = plan.servers.every(({kind}) => kind === 'own');
		const {algorithm} = plan.balancer;
		const text = haproxyConfiguration({host, port, algorithm, servers: servers(), socket, isOurs, settings});
		writeFileSync(configuration, text, {mode: 0o600});
	};
	const {fall, checkTimeout, fastinter, inter} = settings;
	return {
		id: balancerId,
		name: 'Load balancer',
		graceMs: usualGraceMs,
		run: {type: 'foreign', file: haproxyFile(), args: ['-db', '-f', configuration]},
		prepare: write,
		endsBy: 'SIGUSR1',
		greeting: life => (life === 0 ? [] : [{type: 'become', servers: wishes.servers()}]),
		ready: {type: 'says-started'},
		attend: attendHaproxy({
			...{socket, servers, algorithm: () => plan.balancer.algorithm},
			listening: {type: 'listening', host, port, checkBoundMs: fall * (checkTimeout + fastinter) + inter},
		}),
	};
}

function idOf(plan: Plan, name: string): string {
	return serverId(plan.servers.findIndex(server => server.name === name));
}
