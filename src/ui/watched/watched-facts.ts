/** All that a balancer that runs elsewhere tells of a server, and of itself, for the details. */

import {formatClock} from '../../domain/duration.ts';
import type {WatchedServer, WatchedTick} from '../../domain/watched.ts';
import type {State} from '../../state/state.ts';
import {t} from '../../words/words.ts';
import {type Fact, factLines, type Section} from '../details/detail-lines.ts';
import {type Line, span} from '../text/line.ts';
import {bytesText, countText} from '../text/number-text.ts';
import {staleMark} from '../text/status-text.ts';
import type {Theme} from '../theme.ts';
import {isLost, known, unitWords} from './units.ts';
import {meanWords, statusWords} from './watched-lines.ts';

type Request = {state: State; watched: WatchedTick; width: number; theme: Theme};

const clock = (seconds: number) => formatClock(seconds * 1000);

/** The server's own section. */
export function watchedSection(server: WatchedServer, {state, watched, width, theme}: Request): Section {
	const plain = (text: string): Line =>
		isLost(state) && text !== '-' ? [span(staleMark(theme) + text, 'faint')] : [span(text)];
	const count = (value: number | null) => known(value, countText);
	const weight =
		server.userWeight === server.weight ? '' : ` (${t('{count} as set', {count: count(server.userWeight)})})`;
	const facts: [string, string][] = [
		[t('state'), `${server.status}, ${t('for {time}', {time: known(server.changedSeconds, clock)})}`],
		[t('address'), server.address ?? '-'],
		[t('check'), [server.check, server.checkText].filter(text => text !== null).join(' ') || '-'],
		[t('checks failed'), count(server.checkFailures)],
		[
			t('went down'),
			t('{count}, for {time} in all', {count: count(server.downs), time: known(server.downSeconds, clock)}),
		],
		[t('weight'), count(server.weight) + weight],
		[t('backup'), server.isBackup ? t('yes') : t('no')],
		[unitWords(watched.unit).many(), count(server.total)],
		[
			t('now'),
			`${count(server.current)}, ${t('at most {count}', {count: count(server.most)})} / ${count(server.limit)}`,
		],
		[t('queue'), `${count(server.queue)}, ${t('at most {count}', {count: count(server.mostQueued)})}`],
		[t('errors'), `${count(server.connectErrors)} ${t('connect')}, ${count(server.responseErrors)} ${t('response')}`],
		[t('retries'), `${count(server.retries)}, ${t('redispatched')} ${count(server.redispatches)}`],
		[
			t('broken off'),
			`${count(server.clientAborts)} ${t('by clients')}, ${count(server.serverAborts)} ${t('by servers')}`,
		],
		[t('in'), bytesText(server.bytesIn)],
		[t('out'), bytesText(server.bytesOut)],
		[
			t('mean ms'),
			meanWords(server)
				.map(([label, text]) => `${label} ${text}`)
				.join(', '),
		],
		...(watched.mode === 'http' ? statusWords(server).map(([label, text]): [string, string] => [label, text]) : []),
		['ACKed', '-'],
	];
	return {
		title: server.id,
		lines: factLines(
			facts.map(([name, text]): Fact => [name, plain(text)]),
			width,
		),
	};
}

/** The balancer itself, as words beside its name and as facts. */
export function watchedWords(watched: WatchedTick): [label: string, text: string][] {
	const {version, pid, uptimeSeconds, idlePercent, connections, backend, others, mode, algorithm, socket} = watched;
	return [
		[t('backend'), backend],
		[t('up'), known(uptimeSeconds, clock)],
		[t('clients now'), known(connections, countText)],
		[t('idle'), known(idlePercent, percent => `${percent}%`)],
		['pid', known(pid, String)],
		[t('version'), version],
		[t('mode'), `${mode}, ${algorithm ?? '-'}`],
		[t('socket'), socket],
		[t('other backends'), others.length === 0 ? t('none') : others.join(', ')],
	];
}
