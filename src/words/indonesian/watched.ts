/** The panes over a balancer that runs elsewhere. */
export const watched = {
	"HAProxy's stats socket, a path or HOST:PORT": 'stats socket milik HAProxy, sebuah path atau HOST:PORT',
	'the backend to show (default: the first that has servers)':
		'backend yang ditampilkan (bawaan: yang pertama punya server)',
	'how often it is asked, 1s to 1m': 'seberapa sering ia ditanya, 1s sampai 1m',
	'It is a duration from 1s to 1m.': 'Ini durasi dari 1s sampai 1m.',
	'print one look at it as one JSON object, and end': 'cetak satu pandangan sebagai satu objek JSON, lalu selesai',
	'the same panes over a HAProxy that runs elsewhere': 'panel yang sama di atas HAProxy yang berjalan di tempat lain',
	'Shows a running HAProxy on the same panes: its servers, sessions, queue and errors. Single keys drain and weigh its servers, after a question.':
		'Menampilkan HAProxy yang sedang berjalan di panel yang sama: server, sesi, antrean, dan galatnya. Tombol tunggal menguras dan memberi bobot servernya, setelah bertanya.',
	"top: --haproxy SOCKET is missing; it is '{near}'": "top: --haproxy SOCKET belum ada; tulis '{near}'",
	"top: HAProxy at {place}: {why}; its configuration names the socket, 'stats socket PATH level admin'":
		"top: HAProxy di {place}: {why}; soketnya tertulis di konfigurasinya, 'stats socket PATH level admin'",
	"'set server {server} state {state}' to the {program} at work?":
		"Kirim 'set server {server} state {state}' ke {program} yang sedang bekerja?",
	'ACKs, lost, double': 'ACK, hilang, ganda',
	'Clients as {program} counts': 'Klien menurut hitungan {program}',
	backend: 'backend',
	backup: 'cadangan',
	'broken off': 'terputus',
	'broken off by clients': 'diputus klien',
	'by clients': 'oleh klien',
	'by servers': 'oleh server',
	'connect errors': 'galat sambung',
	idle: 'menganggur',
	in: 'masuk',
	'incidents are timed in a lab; here the events tell what happened':
		'insiden diukur di lab; di sini peristiwa menceritakan yang terjadi',
	limit: 'batas',
	'mean ms': 'rerata ms',
	'mean ms of the last 1024:': 'rerata ms dari 1024 terakhir:',
	most: 'terbanyak',
	'now {now} queue {queue} connect errors {errors} retries {retries} redispatched {redispatched}':
		'kini {now} antrean {queue} galat sambung {errors} ulang {retries} dialihkan {redispatched}',
	'of {count}': 'dari {count}',
	'other backends': 'backend lain',
	redispatched: 'dialihkan',
	response: 'jawaban',
	'response errors': 'galat jawaban',
	since: 'sejak',
	socket: 'soket',
	'there is no log.txt here: what runs elsewhere keeps its own':
		'tidak ada log.txt di sini: yang berjalan di tempat lain menyimpan log-nya sendiri',
	total: 'total',
	'total ms': 'total ms',
	version: 'versi',
	'{count} as set': 'diatur {count}',
	'{program} does not answer: it can be told nothing until it does':
		'{program} tidak menjawab: ia tidak bisa disuruh apa-apa sampai ia menjawab',
	'{program} does not tell them': '{program} tidak menceritakannya',
	'{program} runs elsewhere: it can be told drain, maint, ready and weight, nothing else':
		'{program} berjalan di tempat lain: ia hanya bisa disuruh drain, maint, ready, dan weight',
	'{unit}, not ACKs': '{unit}, bukan ACK',
} as const;
