import {Box} from 'ink';
import {useMemo, useSyncExternalStore} from 'react';
import {ToolsContext} from './Block.tsx';
import {DetailsPane} from './details/DetailsPane.tsx';
import {detailsLines} from './details/details-lines.ts';
import {DialogPane, dialogRows} from './dialog/DialogPane.tsx';
import {Footer} from './Footer.tsx';
import {FaultPicker} from './faults/FaultPicker.tsx';
import type {Frame, Frames} from './frames.ts';
import {Header} from './Header.tsx';
import {HelpPane} from './HelpPane.tsx';
import {helpLineCount} from './help-lines.ts';
import {faultsIn} from './keymap/fault-keys.ts';
import {type KeyContext, selectedPart} from './keymap/key-row.ts';
import {type Layout, layoutOf, type PaneId, paneIds, type Rect} from './layout.ts';
import {lessonRows} from './lesson-lines.ts';
import {PalettePane, paletteRows} from './palette/PalettePane.tsx';
import {DeliveryPane} from './panes/DeliveryPane.tsx';
import {EventsPane} from './panes/EventsPane.tsx';
import {IncidentsPane} from './panes/IncidentsPane.tsx';
import {LogPane} from './panes/LogPane.tsx';
import {ServersPane} from './panes/ServersPane.tsx';
import {TrafficPane} from './panes/TrafficPane.tsx';
import {serverRowsWanted} from './servers/server-lines.ts';
import {TooSmall} from './TooSmall.tsx';
import type {Canvas} from './terminal/canvas.ts';
import {createTheme, type Themes} from './theme.ts';

type Props = {frames: Pick<Frames, 'snapshot' | 'subscribe'>; canvas: Canvas; themes: Pick<Themes, 'of'>};

/** The whole screen, drawn anew for each frame. */
export function App({frames, canvas, themes}: Props) {
	const frame = useSyncExternalStore(frames.subscribe, frames.snapshot);
	const theme = themes.of(frame.view.theme);
	const {keymap} = frame;
	const tools = useMemo(() => ({canvas, theme, keymap}), [canvas, theme, keymap]);
	return (
		<ToolsContext value={tools}>
			<Box>
				<Screen frame={frame} />
			</Box>
		</ToolsContext>
	);
}

function Screen({frame}: {frame: Frame}) {
	const context = contextOf(frame);
	const {live, shown: state, view, layout} = context;
	if (!layout) return <TooSmall size={frame.size} />;
	const {header, panes, footer} = layout;
	const props = (id: PaneId) => ({state, rect: panes[id]!, isFocused: view.focus === id});
	const part = selectedPart(context);
	const isHelp = view.help !== undefined && !view.dialog;
	const covered = isHelp || view.picker !== undefined;
	const shows = covered ? undefined : view.details === undefined ? 'panes' : 'details';
	const isFrozen = view.frozen !== undefined;
	const hasHidden = Object.keys(panes).length < paneIds.length && !view.zoomed;
	return (
		<>
			<Header state={state} live={live} frozen={view.frozen} rect={header} />
			{isHelp && <HelpPane rect={bodyOf(layout)} context={context} offset={view.help!} />}
			{view.picker && !isHelp && <FaultPicker rect={bodyOf(layout)} {...faultsIn(context)} />}
			{shows === 'details' && <DetailsPane {...{state, part, offset: view.details ?? 0}} rect={bodyOf(layout)} />}
			{shows === 'panes' && (
				<>
					{panes.servers && <ServersPane {...props('servers')} selected={part.id} sort={view.sort} />}
					{panes.traffic && <TrafficPane {...props('traffic')} view={view.traffic} isFrozen={isFrozen} />}
					{panes.incidents && <IncidentsPane {...props('incidents')} selected={view.incident} />}
					{panes.delivery && <DeliveryPane {...props('delivery')} hasIncidents={panes.incidents === undefined} />}
					{panes.events && <EventsPane {...props('events')} scroll={view.events} />}
					{panes.log && <LogPane {...props('log')} log={state.log} view={view.log} {...{hasHidden, isFrozen}} />}
				</>
			)}
			{layout.drawer && view.palette && !view.dialog && <PalettePane context={context} rect={layout.drawer} />}
			{layout.drawer && view.dialog && <DialogPane dialog={view.dialog} rect={layout.drawer} />}
			<Footer context={context} rect={footer} />
		</>
	);
}

/** Between header and what lies at the bottom. */
function bodyOf({header, drawer, footer}: Layout): Rect {
	const end = drawer && drawer.y > header.height ? drawer.y : footer.y;
	return {x: 0, y: header.height, width: header.width, height: end - header.height};
}

/** What keys and panes both look at, so that a page of scrolling is what is seen. */
export function contextOf({live, shown, view, size, keymap}: Frame): KeyContext {
	const layout = layoutFor(shown, view, size);
	const context = {live, shown, view, layout, helpBelow: 0, keymap};
	if (!layout) return context;
	if (view.help === undefined)
		return view.details === undefined ? context : {...context, detailsBelow: detailsBelow(context, layout)};
	const helpBelow = helpLineCount(size.columns - 2, context) - (bodyOf(layout).height - 2);
	return {...context, helpBelow: Math.max(0, helpBelow)};
}

/** Lines of the open details that do not fit; how many there are is the same in any theme. */
function detailsBelow(context: KeyContext, layout: Layout): number {
	const {width, height} = bodyOf(layout);
	const lines = detailsLines({state: context.shown, part: selectedPart(context), width: width - 2, theme: plainTheme});
	return Math.max(0, lines.length - (height - 2));
}

const plainTheme = createTheme({ascii: true, color: false});

function layoutFor(state: Frame['shown'], view: Frame['view'], {columns, rows}: Frame['size']): Layout | undefined {
	// A chart needs the rows more than the second lines of the servers do.
	const details = columns < 100 && state.servers.length <= 3 && view.focus !== 'traffic';
	const serverRows = serverRowsWanted(state, {details, reserved: rows >= 30 ? 1 : 0});
	return layoutOf({
		columns,
		rows,
		serverRows,
		focus: view.focus,
		zoomed: view.zoomed,
		layout: view.layout,
		hasNoLog: state.log.file === '',
		drawerRows: drawerRowsOf(view, rows),
		lessonRows: lessonRows(state.scenario, {columns, rows}),
	});
}

function drawerRowsOf({dialog, palette, help}: Frame['view'], rows: number): number {
	if (dialog) return dialogRows;
	return palette && help === undefined ? paletteRows(rows) : 0;
}
