/** What each option is for, in the help of the commands. */
export const options = {
	'what is balanced: message or connection': 'apa yang diseimbangkan: message atau connection',
	'who is next: {names}': 'siapa berikutnya: {names}',
	'what hashing goes by: client (c7 of the ID c7-1420), id, key (the word key=VALUE) or address; address where there is none':
		'dasar hashing: client (c7 dari ID c7-1420), id, key (kata key=VALUE) atau address; address bila tidak ada',
	"how it reaches TCP: fast (on Node's own handles), public (on Node's documented API) or auto (fast where it works)":
		'cara mencapai TCP: fast (lewat handle Node sendiri), public (lewat API Node yang terdokumentasi) atau auto (fast bila bisa)',
	"messages per second in all, 'max', a ramp 100..5000/30s, steps 100,500,1000@10s, or bursts 100+500@10s (500 at once every 10 s)":
		"pesan per detik seluruhnya, 'max', tanjakan 100..5000/30s, tangga 100,500,1000@10s, atau letupan 100+500@10s (500 sekaligus setiap 10 s)",
	'how many clients': 'jumlah klien',
	'constant, poisson or closed (max means closed)': 'constant, poisson atau closed (max berarti closed)',
	'in place of a rate: when to send, ms since the start, a number a line':
		'pengganti laju: kapan mengirim, ms sejak awal, satu bilangan sebaris',
	'per-message or persistent': 'per-message atau persistent',
	'messages a client may have in flight on its persistent connection (default: {depth})':
		'pesan yang boleh di jalan pada koneksi persistent sebuah klien (bawaan: {depth})',
	'a text to send; repeatable (default: a mix of kinds)':
		'teks yang dikirim; boleh diulang (bawaan: campuran beberapa jenis)',
	'how long a client waits for an ACK': 'berapa lama klien menunggu ACK',
	'attempts after the first': 'percobaan setelah yang pertama',
	'left out of the latency figures': 'tidak dihitung dalam angka latensi',
	'until a silent client is closed, in connection mode': 'sampai klien yang diam ditutup, dalam mode connection',
	'the same for a silent server': 'sama, untuk server yang diam',
	'the same for one side, once the other has said its last':
		'sama, untuk satu sisi, setelah sisi lain mengucapkan yang terakhir',
	"a DOWN server's connections, in connection mode: none or shutdown-sessions":
		'koneksi server yang DOWN, dalam mode connection: none atau shutdown-sessions',
	'every client begins with a PROXY header, v1 or v2, that says who it is':
		'setiap klien mulai dengan header PROXY, v1 atau v2, yang menyebut siapa dirinya',
	'how long it may take to say so': 'berapa lama ia boleh menunda menyebutkannya',
	'begin each connection to a server with a PROXY header: v1 or v2':
		'mulai tiap koneksi ke server dengan header PROXY: v1 atau v2',
	'speak TLS with clients: the certificate with its chain, in PEM':
		'bicara TLS dengan klien: sertifikat beserta rantainya, dalam PEM',
	'its private key, in PEM': 'kunci privatnya, dalam PEM',
	'how long a TLS handshake may take': 'berapa lama handshake TLS boleh berlangsung',
	'client connections at once (0: what open files and memory allow)':
		'koneksi klien serentak (0: sebanyak yang dibolehkan berkas terbuka dan memori)',
	'the same from one address': 'sama, dari satu alamat',
	'messages (connections) a server has at once, where --server says no maxconn=N':
		'pesan (koneksi) serentak pada satu server, bila --server tidak menyebut maxconn=N',
	'messages that may wait for a server that has room': 'pesan yang boleh menunggu server yang punya tempat',
	'how long one may wait so': 'berapa lama sebuah pesan boleh menunggu begitu',
	'how long a connection to a server may take': 'berapa lama menyambung ke server boleh berlangsung',
	'until a new client must have said something': 'sampai klien baru harus sudah mengatakan sesuatu',
	'until a client with nothing under way is closed': 'sampai klien tanpa pesan di jalan ditutup',
	'until a client that takes no answers is cut off': 'sampai klien yang tidak mengambil jawabannya diputus',
	'until an unanswered message is given up': 'sampai pesan yang tak dijawab direlakan',
	'until an unanswered message is sent to another server': 'sampai pesan yang tak dijawab dikirim ke server lain',
	'the same, but the first server may still answer': 'sama, tetapi server pertama masih boleh menjawab',
	'how often a message is sent to another server': 'berapa kali sebuah pesan dikirim ke server lain',
	'of the last 10 s of messages, may be sent again': 'dari pesan 10 s terakhir, boleh dikirim lagi',
	'that many a second may be sent again in any case': 'sekian per detik boleh dikirim lagi bagaimanapun juga',
	'connections to a server that takes one message at a time': 'koneksi ke server yang menerima satu pesan setiap kali',
	'messages that wait for one of these': 'pesan yang menunggu salah satu koneksi itu',
	'unanswered messages of a server before it is skipped': 'pesan tak terjawab pada server sebelum ia dilewati',
	'of these, sent again': 'dari pesan itu, yang dikirim lagi',
	'servers without the trunk: auto, id, ordered or single': 'server tanpa trunk: auto, id, ordered atau single',
	'time between two health checks of a server': 'waktu antara dua pemeriksaan kesehatan sebuah server',
	'the same, between two states and right after a loss': 'sama, di antara dua keadaan dan tepat setelah kehilangan',
	'the same, while it is down (default: as --inter)': 'sama, selama ia down (bawaan: seperti --inter)',
	'how long a health check may take': 'berapa lama pemeriksaan kesehatan boleh berlangsung',
	'checks in a row that bring a server back': 'pemeriksaan berturut-turut yang mengembalikan server',
	'checks in a row that take a server out': 'pemeriksaan berturut-turut yang mengeluarkan server',
	'what a check says; \\n, \\r, \\t, \\xNN': 'yang dikatakan pemeriksaan; \\n, \\r, \\t, \\xNN',
	'what its answer must contain (default: any line)': 'yang harus ada dalam jawabannya (bawaan: baris apa saja)',
	'a check only connects (finds no frozen server)': 'pemeriksaan hanya menyambung (tidak menemukan server yang beku)',
	'vary the time between checks by chance': 'waktu antarpemeriksaan dibuat berubah acak',
	'errors in use that count: layer4 or none': 'galat saat dipakai yang dihitung: layer4 atau none',
	'errors in use in a row until --on-error': 'galat berturut-turut saat dipakai sampai --on-error',
	'fastinter (check now), fail-check, sudden-death or mark-down':
		'fastinter (periksa sekarang), fail-check, sudden-death atau mark-down',
	'a server that is back gets its share little by little':
		'server yang kembali mendapat bagiannya sedikit demi sedikit',
	'with fewer servers well, use those that answer': 'bila yang sehat lebih sedikit, pakai yang masih menjawab',
	'eject servers that stand out by their errors': 'keluarkan server yang galatnya mencolok',
	'errors in a row that eject': 'galat berturut-turut yang mengeluarkan',
	'time between two looks at the counts': 'waktu antara dua kali melihat hitungan',
	'time out, × the times ejected': 'lamanya dikeluarkan, × berapa kali dikeluarkan',
	'at most so long': 'paling lama sekian',
	'of servers out at once; one may be': 'dari server boleh keluar serentak; satu selalu boleh',
	'eject below mean − D σ, with S servers of R requests each':
		'keluarkan di bawah rata-rata − D σ, dengan S server masing-masing R permintaan',
	'eject when P % failed, with S servers of R requests each':
		'keluarkan bila P % gagal, dengan S server masing-masing R permintaan',
	'what ends it early: check (a good one) or time (nothing)':
		'yang mengakhirinya lebih awal: check (pemeriksaan yang baik) atau time (tidak ada)',
	'{address} or {command} with {port} in CMD; repeatable':
		'{address} atau {command} dengan {port} di dalam CMD; boleh diulang',
	'how many servers of our own': 'jumlah server milik sendiri',
	"where the balancer answers HAProxy's runtime API (a unix socket)":
		'tempat load balancer menjawab runtime API HAProxy (soket unix)',
	'how long to run (default: until you end it)': 'berapa lama berjalan (bawaan: sampai Anda akhiri)',
	'port to listen on': 'port tempat mendengarkan',
	'address to listen on': 'alamat tempat mendengarkan',
	'makes every draw of chance repeatable': 'membuat setiap undian bisa diulang',
	"must hold at the end: 'latencyMs.p99<50'; '…; abort' also stops the run; repeatable":
		"harus terpenuhi di akhir: 'latencyMs.p99<50'; '…; abort' juga menghentikan lab; boleh diulang",
	'lists the scenarios that come with lbtop': 'mendaftar skenario bawaan lbtop',
	'plain lines instead of the screen': 'baris biasa, tanpa layar',
	'plain lines: a run has no others': 'baris biasa: lbtop run tidak punya yang lain',
	'ASCII only: a run draws nothing': 'hanya ASCII: lbtop run tidak menggambar apa pun',
	'print the summary as one JSON object': 'cetak ringkasan sebagai satu objek JSON',
	'sentences instead of the screen, commands typed as lines':
		'kalimat sebagai pengganti layar, perintah diketik sebagai baris',
	'colours: {names}; auto asks the terminal for its background':
		'warna: {names}; auto menanyakan latar belakang kepada terminal',
	'click and wheel; text is then selected with Shift held (the command mouse switches it while it runs)':
		'klik dan roda; teks lalu dipilih dengan menahan Shift (perintah mouse mengubahnya selama berjalan)',
	'no mouse, whatever lbtop.yaml says': 'tanpa tetikus, apa pun kata lbtop.yaml',
	"show the terminal's cursor on the focused row, for magnifiers":
		'tampilkan kursor terminal di baris yang dipilih, untuk kaca pembesar',
	'draw with ASCII characters only': 'menggambar hanya dengan karakter ASCII',
	"the language of all that is said: en (English) or id (Bahasa Indonesia); without it the locale's":
		'bahasa semua yang dikatakan: en (Inggris) atau id (Bahasa Indonesia); tanpa ini menurut locale',
	'no colours': 'tanpa warna',
	'settings file (default: lbtop.yaml when there is one)': 'berkas pengaturan (bawaan: lbtop.yaml bila ada)',
	'the name in its ACKs': 'nama di dalam ACK-nya',
	'where to send: the balancer or a server': 'tujuan kiriman: load balancer atau sebuah server',
	'messages to send, then end': 'jumlah pesan yang dikirim, lalu selesai',
	'the longest line accepted': 'baris terpanjang yang diterima',
	'number of the first client': 'nomor klien pertama',
	'the load began so long ago': 'beban sudah dimulai sekian lama',
	"keeps this run's IDs in a shared store from others'":
		'memisahkan ID lab ini dari milik lab lain di penyimpanan bersama',
	'writes down each executed ID here too, apart from the log':
		'mencatat tiap ID yang dieksekusi di sini juga, terpisah dari log',
	'the lab whose run is audited': 'lab yang diaudit',
	'where in the log its run begins': 'tempat lab itu mulai di dalam log',
	'the servers, one SPEC a line; read again at SIGHUP': 'daftar server, satu SPEC sebaris; dibaca lagi saat SIGHUP',
	"the lab's control socket (default: the newest lab's, of this folder if there is one)":
		'soket kendali lab (bawaan: milik lab terbaru, yang di folder ini bila ada)',
	'the log file': 'berkas log',
	'message lines of all parts, of the clients only, or off':
		'baris pesan dari semua bagian, hanya dari klien, atau tidak ada',
	'size at which the log file is rotated': 'ukuran saat berkas log dirotasi',
	'rotated log files to keep': 'jumlah berkas log hasil rotasi yang disimpan',
	'plays the steps of the scenario so many times, each when all is well again':
		'memainkan langkah-langkah skenario sekian kali, tiap kali setelah semuanya baik lagi',
	'writes what was demanded and what came of it as JUnit XML': 'menulis yang dituntut dan hasilnya sebagai JUnit XML',
	"prints what failed as GitHub's annotations, ::error file=…,line=… (on by itself in GitHub Actions)":
		'mencetak yang gagal sebagai anotasi GitHub, ::error file=…,line=… (aktif sendiri di GitHub Actions)',
	'keeps all events, a line of JSON each, for lbtop replay':
		'menyimpan semua peristiwa, masing-masing sebaris JSON, untuk lbtop replay',
	'writes what you press and ask for as a scenario that plays it again':
		'menulis yang Anda tekan dan minta sebagai skenario yang memainkannya lagi',
	'time a server works on a message: 5ms, exp:5ms, uniform:2ms:8ms, lognormal:5ms:0.5':
		'waktu server mengerjakan satu pesan: 5ms, exp:5ms, uniform:2ms:8ms, lognormal:5ms:0.5',
	'messages a server works on at once; 0: no limit': 'pesan yang dikerjakan server serentak; 0: tanpa batas',
	"what it does wrong from the start: 'slow 200ms share=0.5'; repeatable":
		"yang dilakukannya dengan salah sejak awal: 'slow 200ms share=0.5'; boleh diulang",
	'where a message that comes again is known: none, server (each for itself), shared (all, in SQLite beside the log), or all in redis://HOST:PORT':
		'di mana pesan yang datang lagi dikenali: none, server (masing-masing sendiri), shared (semua, dalam SQLite di samping log), atau semua di redis://HOST:PORT',
	'with quit: at once, not gently': 'bersama quit: seketika, tanpa menunggu',
	'with fault: it ends by itself after so long': 'bersama fault: berakhir sendiri setelah sekian lama',
	'so many times as fast, 0.1 to 1000, or max': 'sekian kali lebih cepat, 0.1 sampai 1000, atau max',
	'judge every run in the log, not only the last': 'menilai setiap lab di dalam log, tidak hanya yang terakhir',
} as const;
