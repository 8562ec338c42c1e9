import {expect, test} from 'vitest';
import {createConversation, maxLine} from '../../../src/load-balancer/runtime-api/conversation.ts';

/** What is answered to these pieces, each command with its own words; `|` where it is over. */
function talk(...pieces: string[]): string {
	const conversation = createConversation(words => (words[0] === 'silent' ? '' : `${words.join(' ')}\n`));
	let text = '';
	for (const piece of pieces) {
		if (!conversation.received(piece)) return `${text}too long`;
		while (conversation.isAsked) text += conversation.next();
	}
	return conversation.isOver ? `${text}|` : text;
}

test.each<[string, string[], string]>([
	['one line and goodbye', ['a b\n'], 'a b\n\n|'],
	['a command that says nothing', ['silent\n'], '\n|'],
	['CRLF', ['a\r\n'], 'a\n\n|'],
	['a line in pieces', ['a', ' b', '\n'], 'a b\n\n|'],
	['several by ;', ['a;b;silent\n'], 'a\n\nb\n\n\n|'],
	['two lines that came at once', ['a\nb\n'], 'a\n\nb\n\n|'],
	['a prompt that stays', ['prompt\n', 'a\n', 'b;c\n'], '\n> a\n\n> b\n\n> c\n\n> '],
	['a prompt that is put away', ['prompt\n', 'prompt\n'], '\n> \n|'],
	['quit', ['prompt\n', 'a\n', 'quit\n', 'b\n'], '\n> a\n\n> |'],
	['a time-out that is set', ['prompt\n', 'set timeout cli 60\n'], '\n> \n> '],
	['a time-out that is none', ['set timeout cli x\n'], 'Invalid timeout value.\n\n|'],
	['a time-out without a value', ['set timeout cli\n'], 'Expects an integer value.\n\n|'],
	['the longest line', [`${'x'.repeat(maxLine)}\n`], `${'x'.repeat(maxLine)}\n\n|`],
	['a longer one', [`${'x'.repeat(maxLine + 1)}\n`], 'too long'],
	['a line without end', ['x'.repeat(maxLine), 'x'], 'too long'],
])('%s', (_, pieces, answer) => expect(talk(...pieces)).toBe(answer));

test.each<[string, number]>([
	['60', 60_000],
	['250ms', 250],
	['2m', 120_000],
	['1d', 86_400_000],
	['999999999d', 86_400_000],
])('the time-out %s is %d ms', (delay, ms) => {
	const conversation = createConversation(() => '');
	expect(conversation.timeoutMs).toBe(10_000);
	conversation.received(`set timeout cli ${delay}\n`);
	conversation.next();
	expect(conversation.timeoutMs).toBe(ms);
});

test('a last line counts without its end', () => {
	const conversation = createConversation(words => `${words.join(' ')}\n`);
	conversation.received('a b');
	expect(conversation.isAsked).toBe(false);
	conversation.ended();
	expect(conversation.next()).toBe('a b\n\n');
	expect(conversation.isOver).toBe(true);
});
