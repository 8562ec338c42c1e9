import type {State} from '../../state/state.ts';
import {t} from '../../words/words.ts';
import {useTools} from '../Block.tsx';
import {paneKey} from '../keymap/key-names.ts';
import type {Rect} from '../layout.ts';
import {Pane} from '../Pane.tsx';
import {loadNote} from '../text/status-text.ts';
import {watchedDelivery} from '../watched/watched-lines.ts';
import {deliveryLines} from './delivery-lines.ts';

/** `hasIncidents`: the pane of the incidents is out of sight. */
type Props = {state: State; rect: Rect; isFocused: boolean; hasIncidents: boolean};

/** What the clients have sent and what became of it. */
export function DeliveryPane({state, rect, isFocused, hasIncidents}: Props) {
	const {theme, keymap} = useTools();
	const {watched} = state;
	const width = rect.width - 2;
	const lines = watched
		? watchedDelivery({state, watched, width})
		: deliveryLines({state, width, height: rect.height - 2, theme, hasIncidents});
	const title = watched ? t('Clients as {program} counts', {program: watched.program}) : t('Clients & delivery');
	const content = {key: paneKey('delivery', keymap), title, note: loadNote(state), lines};
	return <Pane rect={rect} isFocused={isFocused} content={content} />;
}
