import {formatClock} from '../domain/duration.ts';
import {engines} from '../domain/engine.ts';
import type {Phase} from '../domain/event.ts';
import {type ScenarioStage, scenarioOk} from '../domain/scenario.ts';
import {recentMs, type State, wallOf} from '../state/state.ts';
import {figure, type PlainText, t} from '../words/words.ts';
import {Block, useTools} from './Block.tsx';
import type {Rect} from './layout.ts';
import {lessonLines} from './lesson-lines.ts';
import {type Line, lineCells, type Piece, packPieces, span, spread} from './text/line.ts';
import {clockText, countText, loadText, msText} from './text/number-text.ts';
import {hasGone} from './text/status-text.ts';
import type {Style} from './text/style.ts';
import type {Theme} from './theme.ts';
import type {Frozen} from './view.ts';
import {watchedFiguresLine, watchedRunLine} from './watched/watched-lines.ts';

/** `state` is what all panes show; `frozen`: they stand still. */
type Props = {state: State; live: State; frozen: Frozen | undefined; rect: Rect};

/** What runs, how it is loaded and how it is doing, in two rows; below them what a scenario says, where it has room. */
export function Header({state, live, frozen, rect}: Props) {
	const {theme} = useTools();
	const rows = [runLine(state, {live, frozen, width: rect.width}), figuresLine(state, rect.width, theme)];
	const most = rect.height - rows.length;
	if (state.scenario) rows.push(...lessonLines(state.scenario, {width: rect.width, most}));
	while (rows.length < rect.height) rows.push([]);
	return <Block rect={rect} rows={rows.map(line => theme.row(line, rect.width))} />;
}

const phases: Record<Phase, {word: string; style: Style}> = {
	starting: {word: 'STARTING', style: 'warnBadge'},
	running: {word: 'RUN', style: 'badge'},
	stopping: {word: 'STOPPING', style: 'warnBadge'},
	ended: {word: 'ENDED', style: 'warnBadge'},
};

type RunFacts = Pick<Props, 'live' | 'frozen'> & {width: number};

function runLine(state: State, {live, frozen, width}: RunFacts): Line {
	const {plan, startedAt, runningAt, now, clients, watched} = state;
	if (watched) return watchedRunLine({state, watched, width, frozen: frozen ? frozenPiece(frozen) : []});
	const {word, style} = phases[live.phase];
	const {mode, engine} = plan.balancer;
	const {title} = engines[engine];
	const ran = formatClock(Math.max(0, now - (runningAt ?? startedAt)));
	const total = plan.forMs === undefined ? '' : ` ${t('of {time}', {time: formatClock(plan.forMs)})}`;
	const rate = loadText(clients.rate);
	const clock: Line = [span(`${clockText(wallOf(state, now))} `, 'strong')];
	const pieces: Piece[] = [
		{line: [span(' lbtop ', 'strong')], rank: 100},
		{line: [span(` ${word} `, style), span(` ${ran}${total}`, 'strong')], rank: 99},
		{line: isSaturated(state) ? [span(` ${t('GENERATOR SATURATED')} `, 'warnBadge')] : [], rank: 97},
		{line: frozen ? frozenPiece(frozen) : [], rank: 98},
		{line: scenarioPiece(state), rank: 96},
		{
			line: [span(countText(plan.clients.count), 'strong'), span(` ${t('clients @')} `, 'muted'), span(rate, 'strong')],
			rank: 90,
		},
		{
			line: [
				span(state.balancer.algorithm, 'strong'),
				span(`, ${mode === 'message' ? t('message mode') : t('connection mode')}`, 'muted'),
			],
			rank: 80,
		},
		{line: [span(title ?? t('embedded balancer'), title ? 'strong' : 'muted')], rank: title ? 79 : 30},
		{line: [span('seed ', 'muted'), span(String(plan.seed))], rank: 50},
		{line: [span('pid ', 'muted'), span(String(state.pid))], rank: 20},
	];
	return spread(packPieces(pieces, width - lineCells(clock) - 2, 3), clock, width);
}

/** The moment that is shown, and how long before the freeze it was. */
function frozenPiece({shown, last}: Frozen): Line {
	const ago = Math.round((last.now - shown.now) / 1000);
	const two = (value: number) => String(value).padStart(2, '0');
	return [
		span(` ${t('FROZEN')} ${clockText(wallOf(shown, shown.now))} `, 'warnBadge'),
		...(shown === last ? [] : [span(` -${two(Math.floor(ago / 60))}:${two(ago % 60)}`, 'warn')]),
	];
}

/** The scenario that is played, how far it is, and whether something of it has failed. */
function scenarioPiece({scenario}: State): Line {
	if (!scenario) return [];
	const steps = scenario.entries.filter(({kind}) => kind === 'step');
	const done = steps.filter(({ok}) => ok !== null).length;
	const where =
		scenario.stage === 'steps' ? t('step {done}/{count}', {done, count: steps.length}) : t(stageWords[scenario.stage]);
	const hasFailed = scenarioOk(scenario) === false;
	return [
		span(scenario.name, 'strong'),
		span(` ${where}${hasFailed ? ` ${t('FAILED')}` : ''}`, hasFailed ? 'bad' : 'muted'),
	];
}

const stageWords: Record<Exclude<ScenarioStage, 'steps'>, PlainText> = {
	starting: 'starting',
	'steady-state': 'steady-state',
	recovery: 'recovery',
	ended: 'ended',
};

/** The client manager's own loop was late a moment ago: the figures are its limit, not the system's. */
function isSaturated({clients, now}: State): boolean {
	const {saturatedAt} = clients.generator;
	return saturatedAt !== undefined && now - saturatedAt < recentMs;
}

function figuresLine(state: State, width: number, {glyphs}: Theme): Line {
	const {clients, latency, watched} = state;
	if (watched) return watchedFiguresLine({state, watched, width});
	const {sent, attempts, acked, failed, inFlight} = clients;
	const retries = attempts - sent;
	const amplification = sent === 0 ? 1 : attempts / sent;
	const named = (label: string, text: string, style?: Style): Line => [
		span(`${label} `, 'muted'),
		span(text, style ?? 'strong'),
	];
	const pieces: Piece[] = [
		{line: hasGone(clients) ? [span(t('STALE'), 'warnBadge')] : [], rank: 101},
		{line: named('SENT', countText(sent)), rank: 90},
		{line: named('ACKED', countText(acked), 'good'), rank: 100},
		{line: named('IN-FLIGHT', countText(inFlight)), rank: 70},
		{line: named('FAILED', countText(failed), failed > 0 ? 'bad' : 'strong'), rank: 99},
		{
			line: [
				...named('RETRIES', countText(retries), retries > 0 ? 'warn' : 'strong'),
				span(` ${glyphs.times}${figure(amplification.toFixed(3))}`, 'muted'),
			],
			rank: 80,
		},
		{
			line: [
				...named('p50', msText(latency.p50)),
				span('  '),
				...named('p99', msText(latency.p99)),
				span(' ms', 'muted'),
			],
			rank: 95,
		},
		{line: [...named('p99.9', msText(latency.p999)), span(' ms', 'muted')], rank: 10},
		{line: [...named('max', msText(latency.max)), span(' ms', 'muted')], rank: 15},
	];
	return [span(' '), ...packPieces(pieces, width - 2, width < 100 ? 2 : 3)];
}
