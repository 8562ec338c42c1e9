/** What the words and heads of the screen mean, for whoever sees them for the first time; told in the help after the keys. */

import type {PlainText, Saying} from '../words/words.ts';

/** `word`: as it stands on the screen; the contract's words are the same in every language. */
type HelpWord = {word: Saying; meaning: PlainText};

const same = (word: string) => () => word;

export const helpWords: HelpWord[] = [
	{word: same('ACK NAK'), meaning: 'the answer of a server: the message is done; or it is not, and is sent again'},
	{word: same('RETRIES'), meaning: 'messages sent once more, for no ACK came; how often each was sent, on average'},
	{word: same('READY UP'), meaning: 'two things: its process runs; the balancer sends messages to it'},
	{
		word: same('DOWN'),
		meaning: 'the balancer sends nothing to it: it refuses, breaks off, or does not answer its checks',
	},
	{word: same('DRAIN MAINT'), meaning: 'taken out on purpose: nothing new to it; in maint it is not checked either'},
	{word: same('SHARE MSG/S'), meaning: 'its part of all ACKs so far, and its ACKs a second now'},
	{
		word: same('CONN INFL'),
		meaning: 'connections of the balancer to it; messages it has and has not answered (in flight)',
	},
	{word: same('ERR RST'), meaning: 'how often it refused, broke off or timed out; how often its process was restarted'},
	{word: same('P50 P99'), meaning: 'half of all answers came within this time, and 99 of 100'},
	{word: 'stale', meaning: 'its last word, marked with ~: whoever counts it is dead or paused'},
	{
		word: 'SATURATED',
		meaning: 'the program of the clients is late, so the figures are its limit, not that of the servers',
	},
	{word: 'failed', meaning: 'given up by its client after all retries: it knows that it has no ACK'},
	{word: 'lost', meaning: 'ACKed, and yet no server has done it: must never be'},
	{word: 'double', meaning: 'done more than once: what sending again costs when an ACK is lost'},
	{word: 'hit', meaning: 'messages that an incident touched'},
];
