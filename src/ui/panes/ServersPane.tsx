import type {PartId} from '../../domain/plan.ts';
import {isAlive} from '../../domain/status.ts';
import {partsOf, type ServerState, type State} from '../../state/state.ts';
import {t} from '../../words/words.ts';
import {useTools} from '../Block.tsx';
import {paneKey} from '../keymap/key-names.ts';
import {type KeyRow, viewAct} from '../keymap/key-row.ts';
import type {Rect} from '../layout.ts';
import {Pane} from '../Pane.tsx';
import type {PaneContent} from '../pane-rows.ts';
import {partCard} from '../servers/part-card.ts';
import {serverLines, serverRowsWanted} from '../servers/server-lines.ts';
import {type ServerSort, shownParts} from '../servers/server-order.ts';
import {type Line, span} from '../text/line.ts';
import {hasGone, staleMark} from '../text/status-text.ts';
import type {Theme} from '../theme.ts';
import {isLost} from '../watched/units.ts';

type Props = {state: State; selected: PartId; sort?: ServerSort | undefined; rect: Rect; isFocused: boolean};

/** Each server with its two axes, process and route, and what it carries; beneath, the balancer and the client manager. */
export function ServersPane({rect, isFocused, ...props}: Props) {
	const {theme, keymap} = useTools();
	return (
		<Pane rect={rect} isFocused={isFocused} content={serversContent({...props, rect, isFocused, theme, keymap})} />
	);
}

/** What stands in the pane. */
export function serversContent({
	state,
	selected,
	sort,
	rect,
	isFocused,
	theme,
	keymap,
}: Pick<Props, 'state' | 'selected' | 'sort' | 'isFocused'> & {
	rect: Pick<Rect, 'width' | 'height'>;
	theme: Theme;
	keymap: KeyRow[];
}): PaneContent {
	const height = rect.height - 2;
	const details = serverRowsWanted(state, {details: true, reserved: 0}) <= height;
	const {head, blocks} = serverLines({state, theme, width: rect.width - 2, selected, sort, isFocused, details});
	const ids = shownParts(state, sort).map(({id}) => id);
	const {lines, above, below, places} = windowOf(blocks, Math.max(0, ids.indexOf(selected)), height - 1);
	const card = partCard({state, selected, width: rect.width - 2, height: height - 1 - lines.length, theme});
	const more = [
		above > 0 ? `${t('{count} more', {count: above})} ${theme.glyphs.up}` : '',
		below > 0 ? `${t('{count} more', {count: below})} ${theme.glyphs.down}` : '',
	];
	const foot = more.filter(words => words !== '').join('  ');
	const isStale = isLost(state) || partsOf(state).some(hasGone);
	return {
		key: paneKey('servers', keymap),
		title: t('Servers'),
		note: countNote(state, theme),
		lines: [head, ...lines, ...card],
		targets: [undefined, ...places.map(place => viewAct({type: 'select', part: ids[place]!}))],
		foot: [
			...(isStale ? [span(t('{mark} stale', {mark: staleMark(theme)}), 'muted')] : []),
			...(isStale && foot !== '' ? [span('  ')] : []),
			...(foot === '' ? [] : [span(foot, 'warn')]),
		],
	};
}

type Window = {lines: Line[]; places: number[]; above: number; below: number};

/**
 * As many whole blocks around the selected one as fit in `height` lines, and how many are left out above and below.
 * `places`: for each line, whose it is.
 */
function windowOf(blocks: Line[][], selected: number, height: number): Window {
	let first = selected;
	let last = selected;
	let used = blocks[selected]?.length ?? 0;
	for (;;) {
		const after = blocks[last + 1];
		const before = blocks[first - 1];
		if (after && used + after.length <= height) {
			last++;
			used += after.length;
		} else if (before && used + before.length <= height) {
			first--;
			used += before.length;
		} else break;
	}
	const shown = blocks.slice(first, last + 1);
	const places = shown.flatMap((block, index) => block.map(() => first + index));
	return {lines: shown.flat(), places, above: first, below: blocks.length - 1 - last};
}

/** `2 up · 1 down`, by the balancer's word; who is dead and still routed only while there is a balancer that routes. */
function countNote({servers, balancer, phase}: State, {glyphs}: Theme): Line {
	if (phase === 'ended') return [span(t('the run is over'), 'muted')];
	const up = servers.filter(({route}) => route?.state === 'UP').length;
	const down = servers.filter(({route}) => route !== null && route.state !== 'UP').length;
	const isRouted = (server: ServerState) => isAlive(balancer.process) && server.route?.state === 'UP';
	const gone = servers.filter(
		server => !isAlive(server.process) && server.process !== 'EXTERNAL' && isRouted(server),
	).length;
	return [
		span(t('{count} up', {count: up}), up > 0 ? 'good' : 'muted'),
		...(down > 0 ? [span(` ${glyphs.dot} `, 'faint'), span(t('{count} down', {count: down}), 'bad')] : []),
		...(gone > 0
			? [span(` ${glyphs.dot} `, 'faint'), span(t('{count} dead but still routed', {count: gone}), 'bad')]
			: []),
	];
}
