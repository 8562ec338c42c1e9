import {faultTable, readFault} from '../../domain/fault.ts';
import {t, told} from '../../words/words.ts';
import {invalid} from '../option.ts';
import {many, text} from '../option-kinds.ts';

/**
 * For one server alone: a lab's servers are given faults while they run. In a file of its own, because what reads
 * faults takes some megabytes, which the other parts need not have.
 */
export const faultOption = many(
	'--fault <FAULT>',
	"what it does wrong from the start: 'slow 200ms share=0.5'; repeatable",
	{
		...text,
		parse: given => {
			const fault = readFault(given);
			if (fault.kind === undefined) return invalid(`${told(fault.reason)}.`);
			const {target} = faultTable[fault.kind];
			return target === 'behaviour'
				? fault
				: invalid(t("{kind} is no fault of a server's behaviour.", {kind: fault.kind}));
		},
	},
);
