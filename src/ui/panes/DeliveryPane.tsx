import type {State} from '../../state/state.ts';
import {t} from '../../words/words.ts';
import {useTools} from '../Block.tsx';
import {paneKey} from '../keymap/key-names.ts';
import type {Rect} from '../layout.ts';
import {Pane} from '../Pane.tsx';
import {staleNote} from '../text/status-text.ts';
import {deliveryLines} from './delivery-lines.ts';

/** `hasIncidents`: the pane of the incidents is out of sight. */
type Props = {state: State; rect: Rect; isFocused: boolean; hasIncidents: boolean};

/** What the clients have sent and what became of it. */
export function DeliveryPane({state, rect, isFocused, hasIncidents}: Props) {
	const {theme, keymap} = useTools();
	const lines = deliveryLines({state, width: rect.width - 2, height: rect.height - 2, theme, hasIncidents});
	const note = staleNote(state.clients);
	const content = {key: paneKey('delivery', keymap), title: t('Clients & delivery'), note, lines};
	return <Pane rect={rect} isFocused={isFocused} content={content} />;
}
