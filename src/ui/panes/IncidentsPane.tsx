import type {State} from '../../state/state.ts';
import {t} from '../../words/words.ts';
import {useTools} from '../Block.tsx';
import {incidentRows, selectedIncident} from '../incidents/incident-lines.ts';
import {paneKey} from '../keymap/key-names.ts';
import {viewAct} from '../keymap/key-row.ts';
import type {Rect} from '../layout.ts';
import {Pane} from '../Pane.tsx';
import {span} from '../text/line.ts';

type Props = {state: State; selected: number | undefined; rect: Rect; isFocused: boolean};

/** What broke, how long each step of getting over it took, and what became of the messages. */
export function IncidentsPane({state, selected, rect, isFocused}: Props) {
	const {theme, keymap} = useTools();
	const incident = selectedIncident(state, selected);
	const size = {width: rect.width - 2, height: rect.height - 2};
	const {list} = state.incidents;
	const rows = incidentRows({state, selected: incident, ...size, theme});
	const content = {
		key: paneKey('incidents', keymap),
		title: t('Incidents'),
		note: incident ? [span(`#${incident.id}`, 'muted')] : [],
		lines: rows.map(({line}) => line),
		targets: rows.map(({id}) => (id === undefined ? undefined : viewAct({type: 'select-incident', id}))),
		foot: incident
			? [span(t('{place} of {count}', {place: list.length - list.indexOf(incident), count: list.length}), 'muted')]
			: [],
	};
	return <Pane rect={rect} isFocused={isFocused} content={content} />;
}
