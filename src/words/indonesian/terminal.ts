/** The terminal itself: its themes, the mouse, putting it right. */
export const terminal = {
	'theme {name}': 'tema {name}',
	'mouse on: Shift selects text, M gives it back': 'tetikus aktif: Shift untuk memilih teks, M mengembalikannya',
	'mouse off: text is selected as ever': 'tetikus mati: teks dipilih seperti biasa',
	'pasted text is not taken for keys': 'teks yang ditempel tidak dianggap tombol',
	'suspending is n/a on Windows: it has no SIGTSTP': 'menangguhkan tidak tersedia di Windows: tidak ada SIGTSTP',
	'could not do it: {reason}': 'tidak bisa dilakukan: {reason}',
} as const;
