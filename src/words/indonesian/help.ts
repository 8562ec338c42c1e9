/** What the commands are, in their help. */
export const help = {
	options: 'opsi',
	'Example:': 'Contoh:',
	'show this help': 'tampilkan bantuan ini',
	none: 'tidak ada',
	'default: {value}': 'bawaan: {value}',
	'Commands:': 'Perintah:',
	'Each has --help. Without a command, options of the lab:':
		'Masing-masing punya --help. Tanpa perintah, opsi untuk lab:',
	'the lab without a screen, with a summary and an exit code': 'lab tanpa layar, dengan ringkasan dan kode keluar',
	'tells a running lab what to do': 'memberi perintah kepada lab yang sedang berjalan',
	'audits log.txt: nothing lost, nothing double': 'mengaudit log.txt: tidak ada yang hilang, tidak ada yang ganda',
	'a scenario on the screen; lbtop run --list tells those that come with lbtop':
		'sebuah skenario di layar; yang ada disebutkan lbtop run --list',
	'shows a run that --events kept, once more': 'menayangkan sekali lagi lab yang disimpan --events',
	'puts a terminal right that a program left broken':
		'membetulkan terminal yang ditinggalkan rusak oleh sebuah program',
	'one server, alone in this terminal': 'satu server, sendirian di terminal ini',
	'the load balancer alone': 'load balancer saja',
	'one client: connect, send, wait for the ACK, retry': 'satu klien: menyambung, mengirim, menunggu ACK, mencoba ulang',
	'the client manager alone': 'client manager saja',
	'A load-balancing lab: two servers, a load balancer and clients at work; break them with single keys.':
		'Lab load balancing: dua server, sebuah load balancer dan klien yang bekerja; rusakkan dengan satu tombol.',
	'Runs the lab, or a scenario (a file, or a name of --list), without a screen: progress on stderr, a summary on stdout, exit code 3 when a check fails.':
		'Menjalankan lab, atau sebuah skenario (berkas, atau nama dari --list), tanpa layar: kemajuan di stderr, ringkasan di stdout, kode keluar 3 bila ada cek yang gagal.',
	'Tells a running lab what to do: {commands}. PART is a name such as server-1, "Server 1", balancer, clients; SERVER the name of a server; SPEC as for --server (none: one more of our own); FAULT as \'ctl faults\' lists them.':
		'Memberi perintah kepada lab yang sedang berjalan: {commands}. PART adalah nama seperti server-1, "Server 1", balancer, clients; SERVER nama sebuah server; SPEC seperti pada --server (tidak ada: satu lagi milik sendiri); FAULT seperti yang didaftar \'ctl faults\'.',
	'Audits log.txt: every ACKed message was executed, and once. Exit code 0: it is so; 3: it is not, or the log cannot tell.':
		'Mengaudit log.txt: setiap pesan yang di-ACK sudah dieksekusi, dan sekali saja. Kode keluar 0: memang begitu; 3: tidak begitu, atau log tidak bisa memastikannya.',
	'Shows the events that --events kept, on the same screen or as plain lines. Nothing is started.':
		'Menayangkan peristiwa yang disimpan --events, di layar yang sama atau sebagai baris biasa. Tidak ada yang dijalankan.',
	'One server, in the foreground: it acknowledges each message.':
		'Satu server, di latar depan: ia mengakui setiap pesan.',
	'The load balancer alone, in the foreground, over servers that run elsewhere.':
		'Load balancer saja, di latar depan, untuk server yang berjalan di tempat lain.',
	'One client: connects, sends a message, waits for the ACK, retries, repeats.':
		'Satu klien: menyambung, mengirim pesan, menunggu ACK, mencoba ulang, mengulangi.',
	'The client manager: many clients, a rate of messages over all of them.':
		'Client manager: banyak klien, satu laju pesan untuk semuanya.',
	'Puts this terminal right: echo, line editing and Ctrl-C, the normal screen, cursor, line wrap, mouse, paste, colours. Can be typed blind.':
		'Membetulkan terminal ini: gema, penyuntingan baris dan Ctrl-C, layar biasa, kursor, pelipatan baris, tetikus, tempel, warna. Bisa diketik tanpa melihat.',
	"Keeps the ledger of a lab's run from its log; started by the lab.":
		'Menyusun buku besar sebuah lab dari log-nya; dijalankan oleh lab.',
} as const;
