import {formatClock} from '../../domain/duration.ts';
import {formatAddress} from '../../domain/server-spec.ts';
import type {ServerState, State} from '../../state/state.ts';
import {t, told} from '../../words/words.ts';
import {weightText} from '../servers/part-details.ts';
import {type Line, span} from '../text/line.ts';
import {countText, msText, percentText, rateText} from '../text/number-text.ts';
import {isLive, routeSpan, staleMark} from '../text/status-text.ts';
import type {Theme} from '../theme.ts';
import {type Fact, factLines, type Section} from './detail-lines.ts';

/** Where the balancer stands with a server, and what it has given it. What a dead or paused balancer said last is stale. */
export function routeSection(
	server: ServerState,
	{state, width, theme}: {state: State; width: number; theme: Theme},
): Section {
	const {balancer, now} = state;
	const {routeCause, routeChangedAt, health, administration, maxconn, weight} = server;
	const isStale = !isLive(balancer);
	const plain = (text: string): Line => [span(isStale ? staleMark(theme) + text : text, isStale ? 'faint' : 'plain')];
	const since =
		routeChangedAt === undefined ? '' : t('for {time}', {time: formatClock(Math.max(0, now - routeChangedAt))});
	const given = {count: countText(server.forwarded)};
	const facts: Fact[] = [
		[
			t('state'),
			[routeSpan(server, balancer), span(`  ${[since, told(routeCause)].filter(text => text !== '').join(', ')}`)],
		],
		[t('wanted'), [span(administration ?? t('not balanced'))]],
		[t('address'), [span(formatAddress(server))]],
		[
			t('check'),
			plain(health?.check ? `${health.check.status} ${msText(health.check.ms)} ms: ${told(health.check.text)}` : '-'),
		],
		[t('checks failed'), plain(health ? countText(health.checkFailures) : '-')],
		[
			t('went down'),
			plain(health ? t('{count}, for {time} in all', {count: health.downs, time: formatClock(health.downMs)}) : '-'),
		],
		[t('ejected'), plain(health ? countText(health.ejections) : '-')],
		[t('weight'), plain(weightText(weight, health) ?? String(weight))],
		[
			t('connections'),
			plain(
				maxconn === undefined
					? countText(server.connections)
					: `${countText(server.connections)} / ${countText(maxconn)}`,
			),
		],
		[t('in flight'), plain(countText(server.inFlight) + mostText(server))],
		[t('queue'), plain(t('{count} wait in the balancer, for all servers', {count: countText(balancer.waiting)}))],
		[
			t('given'),
			plain(state.plan.balancer.mode === 'message' ? t('{count} messages', given) : t('{count} connections', given)),
		],
		[t('redelivered'), plain(t('{count} taken from it and sent to others', {count: countText(server.redelivered)}))],
		[t('errors'), plain(t('{count} refused, reset or timed out', {count: countText(server.errors)}))],
		[
			'ACKed',
			[
				span(
					t('{count}, {share} of all, {rate} a second now', {
						count: countText(server.acked),
						share: percentText(server.share),
						rate: rateText(server.perSecond),
					}),
				),
			],
		],
	];
	return {title: t('Route'), lines: factLines(facts, width)};
}

function mostText({maxInFlight}: ServerState): string {
	return maxInFlight === null ? '' : `, ${t('at most {count}', {count: countText(maxInFlight)})}`;
}
