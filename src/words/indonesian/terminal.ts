/** The terminal itself: its themes, the mouse, putting it right. */
export const terminal = {
	'theme {name}': 'tema {name}',
	'mouse on: Shift selects text, {key} gives it back':
		'tetikus aktif: Shift untuk memilih teks, {key} mengembalikannya',
	'mouse off: text is selected as ever': 'tetikus mati: teks dipilih seperti biasa',
	'pasted text is not taken for keys': 'teks yang ditempel tidak dianggap tombol',
	'suspending is n/a on Windows: it has no SIGTSTP': 'menangguhkan tidak tersedia di Windows: tidak ada SIGTSTP',
	'could not do it: {reason}': 'tidak bisa dilakukan: {reason}',
	'{who} asked: {command}': '{who} meminta: {command}',
	'The lab is {phase}, for {time}.': 'Lab dalam keadaan {phase}, selama {time}.',
	'{sent} messages sent, {acked} ACKed, {failed} failed, {inFlight} in flight, {retries} retries.':
		'{sent} pesan dikirim, {acked} di-ACK, {failed} gagal, {inFlight} dalam perjalanan, {retries} pengulangan.',
	'No second has passed yet.': 'Belum satu detik pun berlalu.',
	'In the last second {acked} ACKs, the median after {p50}, the 99th percentile after {p99}.':
		'Dalam detik terakhir {acked} ACK, median setelah {p50}, persentil ke-99 setelah {p99}.',
	'The load balancer is {process}: the routes are what it said last.':
		'Load balancer {process}: rute-rutenya adalah kata terakhirnya.',
	'{up} of {all} servers are UP.': '{up} dari {all} server berstatus UP.',
	'{name}: process {process}, route {route}, {share} of the messages, {perSecond} a second, 99th percentile {p99}.':
		'{name}: proses {process}, rute {route}, {share} dari semua pesan, {perSecond} per detik, persentil ke-99 {p99}.',
	'{name}: process {process}.': '{name}: proses {process}.',
	unknown: 'tidak diketahui',
	'lbtop without a screen. Type help and Enter for what can be typed.':
		'lbtop tanpa layar. Ketik help lalu Enter untuk melihat apa yang bisa diketik.',
	"It is 'every 30s', at least 1s, or 'every off'.": "Tulis 'every 30s', paling cepat 1s, atau 'every off'.",
	'The status is said when asked for.': 'Status diucapkan bila diminta.',
	'The status is said every {time}.': 'Status diucapkan setiap {time}.',
	"It is 'log', or 'log 20' for the last 20 lines.": "Tulis 'log', atau 'log 20' untuk 20 baris terakhir.",
	'log.txt has no lines yet.': 'log.txt belum berisi baris.',
	"'{line}' is no command. Type help and Enter.": "'{line}' bukan perintah. Ketik help lalu Enter.",
	'status says how the run stands; servers, how each part does; log, the last lines of log.txt.':
		'status mengucapkan keadaan lab; servers, keadaan tiap bagian; log, baris-baris terakhir log.txt.',
	"every 30s has the status said so often; every off, only when asked for. quit ends the run; 'quit now', at once.":
		"every 30s mengucapkan status sesering itu; every off, hanya bila diminta. quit mengakhiri lab; 'quit now', seketika.",
	'To do something, type: start, stop, kill, restart, pause, resume, drain, maint, ready and the name of a server.':
		'Untuk bertindak, ketik: start, stop, kill, restart, pause, resume, drain, maint, ready dan nama server.',
	'Also: rate 100, algorithm p2c, weight server-1 2, fault server-1 slow 200ms, undo server-1, and all that lbtop ctl takes.':
		'Juga: rate 100, algorithm p2c, weight server-1 2, fault server-1 slow 200ms, undo server-1, dan semua perintah lbtop ctl.',
} as const;
