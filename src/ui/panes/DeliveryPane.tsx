import type {State} from '../../state/state.ts';
import {useTools} from '../Block.tsx';
import type {Rect} from '../layout.ts';
import {Pane} from '../Pane.tsx';
import {deliveryLines} from './delivery-lines.ts';

/** What the clients have sent and what became of it. */
export function DeliveryPane({state, rect, isFocused}: {state: State; rect: Rect; isFocused: boolean}) {
	const {theme} = useTools();
	const lines = deliveryLines({state, width: rect.width - 2, height: rect.height - 2, theme});
	return <Pane rect={rect} isFocused={isFocused} content={{key: '3', title: 'Clients & delivery', lines}} />;
}
