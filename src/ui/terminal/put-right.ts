/** What undoes anything that a program which died may have left of a terminal's modes, from whatever state. */

/**
 * Of the saved cursor: where the alternate screen was not on, leaving it would put the cursor to where some program saved
 * it last; saved here first, it stays. The scroll region's end puts it home, hence the second pair.
 */
const screen = '\x1b7\x1b[?1049l\x1b7\x1b[r\x1b8';

/** Written to a terminal, this puts it right; what is on its normal screen stays. */
export const putRight = [
	'\x1b\\', // ends a string that was cut short: nothing that follows is swallowed
	'\x1b[?2026l', // synchronized output
	'\x1b[?1006l\x1b[?1015l\x1b[?1005l\x1b[?1003l\x1b[?1002l\x1b[?1000l\x1b[?9l', // the mouse
	'\x1b[?1004l\x1b[?2004l', // reports of focus, bracketed paste
	screen,
	'\x1b[0m\x1b(B\x0f', // colours, line-drawing letters
	'\x1b[!p', // origin and insert, which some terminals cannot end without moving the cursor
	'\x1b[?7h\x1b[4l\x1b[?5l', // wrap, insert, reverse
	'\x1b[?1l\x1b>', // cursor keys, keypad
	'\x1b[?25h\x1b[0 q', // the cursor and its shape
].join('');
