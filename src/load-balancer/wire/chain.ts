import type {Clock} from '../clock.ts';
import {createStage, type Stage} from './stage.ts';
import type {Cut, Piece, Toxic} from './toxic.ts';

/** The toxics that one connection goes through in one direction, in the order in which they were added. */
type Chain = {
	take(piece: Piece): void;
	add(id: number, toxic: Toxic): void;
	/** What the toxic keeps passes on at once; nothing is lost and nothing overtakes. */
	remove(id: number): void;
	readonly isEmpty: boolean;
	stop(): void;
};

/** `leave` gets what comes out at the end; `cut` is called when a toxic ends the connection. */
type ChainParts = {clock: Clock; leave(piece: Piece): void; cut(how: Cut): void};

type Placed = {id: number; stage: Stage};

export function createChain({clock, leave, cut}: ChainParts): Chain {
	const stages: Placed[] = [];

	const takeAt = (place: number, piece: Piece) => {
		const next = stages[place];
		if (next) next.stage.take(piece);
		else leave(piece);
	};

	const stop = () => {
		for (const {stage} of stages.splice(0)) stage.stop();
	};

	return {
		take: piece => takeAt(0, piece),
		add: (id, toxic) => {
			const stage = createStage(toxic, {
				clock,
				pass: piece => takeAt(stages.indexOf(placed) + 1, piece),
				cut: how => {
					// What has passed this toxic still arrives, then the FIN; what came before it does not.
					const place = stages.indexOf(placed);
					for (const {stage} of stages.splice(0, place + 1)) stage.stop();
					if (how === 'close') takeAt(0, 'end');
					cut(how);
				},
			});
			const placed: Placed = {id, stage};
			stages.push(placed);
		},
		remove: id => {
			const placed = stages.find(each => each.id === id);
			if (!placed) return;
			placed.stage.release();
			const place = stages.indexOf(placed);
			if (place >= 0) stages.splice(place, 1);
		},
		get isEmpty() {
			return stages.length === 0;
		},
		stop,
	};
}
