/** Why a part could not start or has ended, and what its start was like. */
export const start = {
	'the load balancer': 'load balancer',
	'the client manager': 'client manager',
	'{what} could not be started: {reason}': '{what} tidak bisa dijalankan: {reason}',
	'{what} could not be started: {reason}; correct its command=':
		'{what} tidak bisa dijalankan: {reason}; perbaiki command= miliknya',
	'{name} not added: {why}': '{name} tidak ditambahkan: {why}',
	"{option} is for lbtop's own servers, and this run has none":
		'{option} hanya untuk server milik lbtop sendiri, dan lab ini tidak punya satu pun',
	'no port is free': 'tidak ada port yang bebas',
	'port {from} is taken; {part} uses {to}': 'port {from} sudah terpakai; {part} memakai {to}',
	'{name}: its process could not be started': '{name}: prosesnya tidak bisa dijalankan',
	'it ended with {how}': 'ia berakhir dengan {how}',
	'signal {name}': 'sinyal {name}',
	'code {code}': 'kode {code}',
	'not ready after {seconds} s': 'belum siap setelah {seconds} s',
	'nothing listens on {address} after {seconds} s': 'tidak ada yang mendengarkan di {address} setelah {seconds} s',
	'{name} has ended, yet {address} is answered: where it went into the background lbtop neither watches nor ends it; let it run in the foreground':
		'{name} sudah berakhir, tetapi {address} tetap dijawab: kalau ia pindah ke latar belakang, lbtop tidak mengawasi dan tidak mengakhirinya; biarkan ia berjalan di latar depan',
	'not started again': 'tidak dijalankan lagi',
	'port {port} on {host} is taken; give another with --port':
		'port {port} di {host} sudah terpakai; beri yang lain dengan --port',
	'port {port} on {host} is not allowed; give one above 1023 with --port':
		'port {port} di {host} tidak diizinkan; beri yang di atas 1023 dengan --port',
	'{host} is no address of this machine; give another with --host':
		'{host} bukan alamat mesin ini; beri yang lain dengan --host',
	'{host} is no known host; give another with --host': '{host} bukan host yang dikenal; beri yang lain dengan --host',
	'cannot listen on {address}: {why}': 'tidak bisa mendengarkan di {address}: {why}',
	'could not listen on {address}: {why}': 'tidak bisa mendengarkan di {address}: {why}',
	'the port is taken; choose another with --port or end the program that has it':
		'port itu sudah terpakai; pilih yang lain dengan --port atau akhiri program yang memakainya',
	'that port needs more rights; choose one above 1023 with --port':
		'port itu butuh hak lebih; pilih yang di atas 1023 dengan --port',
	'this machine has no such address; choose another with --host':
		'mesin ini tidak punya alamat itu; pilih yang lain dengan --host',
	'nothing came back in its trial': 'tidak ada yang kembali dalam percobaannya',
	'something else came back in its trial': 'yang lain yang kembali dalam percobaannya',
	'its trial failed: {why}': 'percobaannya gagal: {why}',
	"{clients} clients need {needed} open files, but this process may have {limit}; allow more with 'ulimit -Hn {needed}' (as root) or in /etc/security/limits.conf, or take at most --clients {most}":
		"{clients} klien butuh {needed} berkas terbuka, tetapi proses ini hanya boleh punya {limit}; izinkan lebih banyak dengan 'ulimit -Hn {needed}' (sebagai root) atau di /etc/security/limits.conf, atau pakai paling banyak --clients {most}",
	'--dedup shared needs the package libsql, which is not here for {machine} ({why}); install it with npm install libsql, or use --dedup redis://HOST:PORT':
		'--dedup shared butuh paket libsql, yang tidak ada di sini untuk {machine} ({why}); pasang dengan npm install libsql, atau pakai --dedup redis://HOST:PORT',
	'shared store {file}: cannot be opened ({why}); name another log with --log':
		'penyimpanan bersama {file}: tidak bisa dibuka ({why}); sebutkan log lain dengan --log',
	'--dedup {url}: Redis cannot be reached: {why}; start it, or use --dedup shared':
		'--dedup {url}: Redis tidak bisa dicapai: {why}; jalankan Redis, atau pakai --dedup shared',
	'the fast transport does not work here ({why}); choose --transport auto or public':
		'transport fast tidak bekerja di sini ({why}); pilih --transport auto atau public',
	'--tls-cert {file} is no certificate; give it in PEM, beginning -----BEGIN CERTIFICATE-----':
		'--tls-cert {file} bukan sertifikat; berikan dalam PEM, diawali -----BEGIN CERTIFICATE-----',
	'--tls-key {file}: {why}': '--tls-key {file}: {why}',
	'it is not the key of the --tls-cert; give the key that the certificate was made with':
		'ini bukan kunci dari --tls-cert; berikan kunci yang dipakai membuat sertifikat itu',
	'it is encrypted; give it without a password (openssl pkey -in FILE -out PLAIN)':
		'kunci ini terenkripsi; berikan tanpa kata sandi (openssl pkey -in FILE -out PLAIN)',
	'it is no private key; give it in PEM, beginning -----BEGIN PRIVATE KEY-----':
		'ini bukan kunci privat; berikan dalam PEM, diawali -----BEGIN PRIVATE KEY-----',
	'it is of no use: {why}; make a new one with openssl':
		'kunci ini tidak berguna: {why}; buat yang baru dengan openssl',
	'could not read {option} {file}: {why}; give a PEM file that this user may read':
		'tidak bisa membaca {option} {file}: {why}; berikan berkas PEM yang boleh dibaca pengguna ini',
	'there is no such file': 'tidak ada berkas itu',
	'it may not be read': 'tidak boleh dibaca',
	'it is a folder': 'itu sebuah folder',
	'socket {file}: its path is longer than {most} bytes; choose a shorter one':
		'soket {file}: path-nya lebih panjang dari {most} byte; pilih yang lebih pendek',
	'socket {file}: cannot be made: {why}; choose another path':
		'soket {file}: tidak bisa dibuat: {why}; pilih path lain',
	"socket: {folder} is not a folder of this user's; remove it or choose another path":
		'soket: {folder} bukan folder milik pengguna ini; hapus folder itu atau pilih path lain',
	'socket {file}: there is a file that is no socket; choose another path':
		'soket {file}: di sana ada berkas yang bukan soket; pilih path lain',
	'socket {file}: another program listens there; choose another path':
		'soket {file}: program lain mendengarkan di sana; pilih path lain',
} as const;
