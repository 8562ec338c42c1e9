/** The log pane: reading, searching and filtering log.txt. */
export const logPane = {
	'nothing to look for was written': 'tidak ada yang ditulis untuk dicari',
	'no regular expression: {why}': 'bukan ekspresi reguler: {why}',
	'a time is 14:02, 14:02:31 or 2026-09-14 14:02:31': 'waktu ditulis 14:02, 14:02:31 atau 2026-09-14 14:02:31',
} as const;
