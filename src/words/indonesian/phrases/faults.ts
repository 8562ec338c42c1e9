/** Faults: what each does, how they are written, and those that a lab has. */
export const faults = {
	'{fault}  (until undone, by {who})': '{fault}  (sampai dibatalkan, oleh {who})',
	'{fault}  ({time} left, by {who})': '{fault}  (sisa {time}, oleh {who})',
	'in force:': 'yang berlaku:',
	'faults:': 'gangguan:',
	"a fault has no '{key}', only kind and parameters": "gangguan tidak punya '{key}', hanya kind dan parameters",
	"{kind} takes no '{word}'; it is '{usage}'": "{kind} tidak menerima '{word}'; bentuknya '{usage}'",
	'{kind}: {name} is given twice': '{kind}: {name} diberikan dua kali',
	"there is no fault '{kind}'; there are {kinds}": "tidak ada gangguan '{kind}'; yang ada {kinds}",
	"{kind}: {name} '{text}' is not {expected}": "{kind}: {name} '{text}' bukan {expected}",
	'a whole number from {least} to {most}': 'bilangan bulat dari {least} sampai {most}',
	'a share from 0 to 1': 'bagian dari 0 sampai 1',
	'a duration from {least}ms to {most}s': 'durasi dari {least}ms sampai {most}s',
	'one of {words}': 'salah satu dari {words}',
	'a time such as 200ms, exp:50ms, uniform:2ms:8ms or lognormal:5ms:0.5, at most an hour':
		'waktu seperti 200ms, exp:50ms, uniform:2ms:8ms atau lognormal:5ms:0.5, paling lama satu jam',
	'stops listening: new connects are refused (RST), connections that exist go on':
		'berhenti mendengarkan: koneksi baru ditolak (RST), koneksi yang sudah ada berlanjut',
	'accepts and reads nothing more: bytes are acknowledged until the receive window is full, then the sender waits':
		'menerima koneksi tetapi tidak membaca lagi: byte diakui sampai jendela penerimaan penuh, lalu pengirim menunggu',
	'crashes on the nth message, not executed: the kernel closes its sockets (FIN, or RST where bytes were unread)':
		'mogok pada pesan ke-n, tanpa dieksekusi: kernel menutup soketnya (FIN, atau RST bila ada byte yang belum dibaca)',
	'sends RST instead of answering, not executed; a trunk breaks so for all its clients, and the balancer asks elsewhere':
		'mengirim RST alih-alih menjawab, tanpa dieksekusi; trunk pun putus bagi semua kliennya, dan load balancer bertanya ke server lain',
	'sends FIN instead of answering, not executed; a trunk ends so for all its clients, and the balancer asks elsewhere':
		'mengirim FIN alih-alih menjawab, tanpa dieksekusi; trunk pun berakhir bagi semua kliennya, dan load balancer bertanya ke server lain',
	'refuses the first messages, not executed (nak: unavailable; close: FIN; reset: RST), then works':
		'menolak pesan-pesan pertama, tanpa dieksekusi (nak: unavailable; close: FIN; reset: RST), lalu bekerja',
	"works so much longer on it, then answers: TCP acknowledges the bytes at once, only the ACK's deadline notices":
		'mengerjakannya sekian lebih lama, lalu menjawab: TCP langsung mengakui byte-nya, hanya tenggat ACK yang menyadarinya',
	'executes and never answers: the connection stays open and healthy; a retry elsewhere executes twice':
		'mengeksekusi dan tidak pernah menjawab: koneksi tetap terbuka dan sehat; percobaan ulang di server lain mengeksekusi dua kali',
	'executes and sends the ACK of another message: TCP carries wrong bytes as well as right ones':
		'mengeksekusi dan mengirim ACK pesan lain: TCP membawa byte yang salah sama baiknya dengan yang benar',
	"executes and sends a line of random bytes: checksums are right, TCP delivers it; on a trunk inside its client's frame":
		'mengeksekusi dan mengirim sebaris byte acak: checksum-nya benar, TCP mengantarkannya; pada trunk di dalam frame kliennya',
	'executes once and answers twice: the second ACK is ordinary bytes to TCP, an answer too many to its reader':
		'mengeksekusi sekali dan menjawab dua kali: bagi TCP ACK kedua hanyalah byte biasa, bagi pembacanya satu jawaban terlalu banyak',
	'executes, sends half of the answer, then FIN: the reader sees the end inside a line; on a trunk inside a frame':
		'mengeksekusi, mengirim separuh jawaban, lalu FIN: pembaca melihat akhir di tengah baris; pada trunk di tengah frame',
	'stops gently: answers what it has read, sends FIN; later connects are refused (RST)':
		'berhenti dengan tertib: menjawab yang sudah dibaca, mengirim FIN; koneksi sesudahnya ditolak (RST)',
	'kill -9: the kernel closes its sockets, with RST where bytes were unread; later connects are refused (RST)':
		'kill -9: kernel menutup soketnya, dengan RST bila ada byte yang belum dibaca; koneksi sesudahnya ditolak (RST)',
	'SIGSTOP: the kernel still accepts and acknowledges bytes, and nobody ever reads or answers them':
		'SIGSTOP: kernel tetap menerima koneksi dan mengakui byte, dan tak seorang pun membaca atau menjawabnya',
	'killed, and again at each start before it listens: each connect is refused (RST)':
		'dimatikan paksa, dan lagi pada tiap permulaan sebelum ia mendengarkan: setiap koneksi ditolak (RST)',
	'killed each time it was ready for so long: connects succeed, break (RST) and are refused by turns':
		'dimatikan paksa setiap kali sudah siap sekian lama: koneksi berhasil, putus (RST) dan ditolak silih berganti',
	'bytes and FIN arrive later, in order: to TCP a longer way; what is sent meanwhile is under way, not lost':
		'byte dan FIN tiba lebih lambat, tetap berurutan: bagi TCP jalan yang lebih panjang; yang dikirim sementara itu masih di jalan, tidak hilang',
	'bytes pass at so many kB/s for each connection: when 1 MiB is under way its sender is not read from (zero window)':
		'byte lewat sekian kB/s tiap koneksi: bila 1 MiB sedang di jalan, pengirimnya tidak dibaca (jendela nol)',
	'TCP sends lost packets again after 200 ms, doubling: all that is seen is a delay, also of what comes behind':
		'TCP mengirim ulang paket hilang setelah 200 ms, lalu berlipat dua: yang tampak hanya jeda, juga bagi yang di belakangnya',
	'bytes come in small pieces with pauses: TCP is a stream, a message may end in another read than it began':
		'byte datang sepotong-sepotong dengan jeda: TCP adalah aliran, sebuah pesan bisa berakhir di pembacaan lain dari awalnya',
	'bytes pass and only the FIN is late: both ends keep the connection open and wait':
		'byte lewat dan hanya FIN yang terlambat: kedua ujung membiarkan koneksi terbuka dan menunggu',
	'nothing arrives and nobody says so, as on a cut cable; after the time FIN (0: never), mended before: all arrives':
		'tidak ada yang tiba dan tak ada yang memberi tahu, seperti kabel putus; setelah waktunya FIN (0: tidak pernah), bila diperbaiki sebelumnya: semua tiba',
	'FIN to both ends after so many bytes of each connection, be it inside a line':
		'FIN ke kedua ujung setelah sekian byte tiap koneksi, walau di tengah baris',
	'RST to both ends after the time, on idle connections too: what was not read yet is lost':
		'RST ke kedua ujung setelah waktunya, juga pada koneksi yang menganggur: yang belum dibaca hilang',
	'connections are cut (RST), new connects are refused; clients are accepted and reset, the port stays ours':
		'koneksi diputus (RST), koneksi baru ditolak; klien diterima lalu di-reset, port tetap milik kita',
} as const;
