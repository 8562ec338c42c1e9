/** What `lbtop verify` found in a log. */
export const audit = {
	'{files}: {lines} lines, {bytes} bytes in {time} ({perSecond} lines/s)':
		'{files}: {lines} baris, {bytes} byte dalam {time} ({perSecond} baris/s)',
	'1 earlier run is not judged (--all-runs)': '1 lab sebelumnya tidak dinilai (--all-runs)',
	'{number} earlier runs are not judged (--all-runs)': '{number} lab sebelumnya tidak dinilai (--all-runs)',
	'there is no run in it: nothing to judge': 'tidak ada lab di dalamnya: tidak ada yang dinilai',
	'run of {time} (pid {pid})': 'lab {time} (pid {pid})',
	'run of programs started by hand': 'program yang dijalankan dengan tangan',
	'{lines} lines of messages without an ID of ours: not audited':
		'{lines} baris pesan tanpa ID dari kita: tidak diaudit',
	'sent {sent}, ACKed {acked} ({by}), open {open}': 'terkirim {sent}, di-ACK {acked} ({by}), terbuka {open}',
	'executed {executed} ({by})': 'dieksekusi {executed} ({by})',
	'executed {yes}, not executed {no}': 'dieksekusi {yes}, tidak dieksekusi {no}',
	nobody: 'tak seorang pun',
	'executed by {servers}': 'dieksekusi oleh {servers}',
	and: 'dan',
	'no record of an execution': 'tidak ada catatan eksekusi',
	'and {number} lines more': 'dan {number} baris lagi',
	'1 broken line': '1 baris rusak',
	'{number} broken lines': '{number} baris rusak',
	'1 foreign line': '1 baris asing',
	'{number} foreign lines': '{number} baris asing',
} as const;
