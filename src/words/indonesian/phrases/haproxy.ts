/** What is said of a balancer that runs elsewhere: how it is asked, what became of it. */
export const haproxy = {
	sessions: 'sesi',
	requests: 'permintaan',
	messages: 'pesan',
	"'{server}' is no name that its commands take": "'{server}' bukan nama yang diterima perintahnya",
	'it closed the connection before it had answered': 'koneksi ditutupnya sebelum ia menjawab',
	"it does not answer 'show stat' as HAProxy does": "jawabannya atas 'show stat' bukan seperti HAProxy",
	"it has no backend '{backend}'; there are {backends}": "tidak ada backend '{backend}'; yang ada {backends}",
	'it has no backend with servers': 'tidak ada backend yang punya server',
	'it was told so': 'ia disuruh begitu',
	'no answer within {seconds} s': 'tidak ada jawaban dalam {seconds} s',
	'the balancer has a server more: {name}': 'load balancer punya satu server lagi: {name}',
	'the balancer has no server {name} any more': 'load balancer tidak punya server {name} lagi',
	'the balancer runs elsewhere: it can be told drain, maint, ready and weight, nothing else':
		'load balancer berjalan di tempat lain: ia hanya bisa disuruh drain, maint, ready, dan weight',
	'the counters of {program} were cleared: those here go on': 'hitungan {program} dikosongkan: yang di sini berlanjut',
	'there are more backends: {backends}; --backend NAME shows another':
		'ada backend lain: {backends}; --backend NAME menampilkannya',
	'there is no run of ours here to report on': 'di sini tidak ada jalannya lab kita untuk dilaporkan',
	"what answers there is not HAProxy, or it is its master's socket: name that of the workers":
		'yang menjawab di sana bukan HAProxy, atau itu soket induknya: sebutkan soket para pekerjanya',
	'{program} answers again': '{program} menjawab lagi',
	'{program} is another process now (pid {pid}): its counters began again, those here go on':
		'{program} sekarang proses lain (pid {pid}): hitungannya mulai dari awal, yang di sini berlanjut',
	'{program} refuses: {why}': '{program} menolak: {why}',
	'{program} was not told: {why}': '{program} tidak sempat disuruh: {why}',
	'{program} {version}, backend {backend}: it counts {unit}, not ACKs':
		'{program} {version}, backend {backend}: yang dihitungnya {unit}, bukan ACK',
} as const;
