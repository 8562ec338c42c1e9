/** Why the ledger of a run is not exact, and logs that cannot be read. */
export const ledger = {
	'1 log line of {writer} was lost: {cause}': '1 baris log dari {writer} hilang: {cause}',
	'{number} log lines of {writer} were lost: {cause}': '{number} baris log dari {writer} hilang: {cause}',
	'{number} log lines of {writer} were lost': '{number} baris log dari {writer} hilang',
	'{name} keeps no record of what it executes in this log': '{name} tidak mencatat di log ini apa yang dieksekusinya',
	'1 message was': '1 pesan',
	'{number} messages were': '{number} pesan',
	'{messages} answered as known already, and no line of this run tells of the execution':
		'{messages} dijawab sebagai sudah dikenal, dan tidak ada baris lab ini yang menceritakan eksekusinya',
	'{messages} sent for the first time twice: another lab or client in this log uses their IDs; --log gives each its own':
		'{messages} dua kali dikirim untuk pertama kali: lab atau klien lain di log ini memakai ID-nya; --log memberi masing-masing log sendiri',
	'1 line of this run could not be read': '1 baris lab ini tidak bisa dibaca',
	'{number} lines of this run could not be read': '{number} baris lab ini tidak bisa dibaca',
	'{messages} executed or ACKed, and no line of a client tells of the sending':
		'{messages} dieksekusi atau di-ACK, dan tidak ada baris klien yang menceritakan pengirimannya',
	"{messages} missing in the clients' numbering: lines are not here":
		'{messages} tidak ada dalam penomoran klien: ada baris yang tidak di sini',
	'the run sent {sent} messages, and lines of {number} are here':
		'lab ini mengirim {sent} pesan, dan yang punya baris di sini {number}',
	'{messages} without an end: the run still goes on, or its clients were killed':
		'{messages} tanpa akhir: lab masih berjalan, atau kliennya dimatikan paksa',
	'the run has no end in this log: it goes on, or was killed':
		'lab ini tidak punya akhir di log ini: masih berjalan, atau dimatikan paksa',
	'the run began before what is here: name the rotated files too':
		'lab ini dimulai sebelum yang ada di sini: sebutkan juga berkas hasil rotasi',
	'another lab wrote into this log at the same time': 'lab lain menulis ke log ini pada waktu yang sama',
	"the run's beginning is not in the log": 'awal lab tidak ada di log',
	'the auditor has not said anything yet': 'auditor belum mengatakan apa pun',
	'the auditor did not come to the end of the log': 'auditor tidak sampai ke akhir log',
	'servers do not write down what they execute (--log-detail {detail})':
		'server tidak mencatat yang dieksekusinya (--log-detail {detail})',
	'the log was removed or rotated away while it was read: lines may be missing':
		'log dihapus atau dirotasi selagi dibaca: mungkin ada baris yang tidak ada',
	'the log was cut while it was read: lines are missing': 'log dipotong selagi dibaca: ada baris yang tidak ada',
	'it is no file': 'itu bukan berkas',
	'log {file}: cannot be read: {why}; name the log that a run has written':
		'log {file}: tidak bisa dibaca: {why}; sebutkan log yang ditulis sebuah lab',
} as const;
