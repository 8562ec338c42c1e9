/** One write per server and per client at the end of each turn of the event loop, whatever came in during it. */
type Turn = {
	/** There is something to write at the end of this turn. */
	wake(): void;
	/** A client was accepted in this turn. */
	accepted(): void;
};

/** The system hands over one new client per turn. While they keep coming, so many turns are gathered into one. */
const gatheredTurns = 32;

/** `act` writes what the turn gathered. */
export function createTurn(act: () => void): Turn {
	let isAwake = false;
	let isAccepting = false;
	let gathered = 0;

	const end = () => {
		if (isAccepting && gathered < gatheredTurns) {
			isAccepting = false;
			gathered++;
			setImmediate(end);
			return;
		}
		isAwake = false;
		isAccepting = false;
		gathered = 0;
		act();
	};

	return {
		wake: () => {
			if (isAwake) return;
			isAwake = true;
			setImmediate(end);
		},
		accepted: () => {
			isAccepting = true;
		},
	};
}
