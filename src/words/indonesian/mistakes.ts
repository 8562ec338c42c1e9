/** What is wrong with a command line, a settings file or a scenario's file. */
export const mistakes = {
	"unknown command '{word}'; did you mean 'lbtop {near}'? There are {names}, and lbtop run --list tells the scenarios":
		"perintah '{word}' tidak dikenal; maksud Anda 'lbtop {near}'? Yang ada {names}, dan skenario ada di lbtop run --list",
	"unknown command '{word}'": "perintah '{word}' tidak dikenal",
	'no command': 'tidak ada perintah',
	"unexpected argument '{word}'; see {command} --help": "argumen '{word}' tidak pada tempatnya; lihat {command} --help",
	"unexpected argument '{word}'; it is one scenario; see {command} --help":
		"argumen '{word}' tidak pada tempatnya; skenarionya satu saja; lihat {command} --help",
	'environment variable {name}': 'variabel lingkungan {name}',
	'{file}, key {key}': '{file}, kunci {key}',
	"{file}: unknown key '{key}'; did you mean '{near}'?": "{file}: kunci '{key}' tidak dikenal; maksud Anda '{near}'?",
	"unknown option '{option}'; the nearest is {near}, {command} lists them all":
		"opsi '{option}' tidak dikenal; yang terdekat {near}, semuanya ada di {command}",
	'--repeat: only a scenario is played again; name one, as in {example}':
		'--repeat: hanya skenario yang diulang; sebutkan satu, seperti pada {example}',
	'It is one value, not a list.': 'Harus satu nilai, bukan daftar.',
	'It has no value.': 'Nilainya tidak ada.',
	'It is true or false.': 'Harus true atau false.',
	'It is empty.': 'Isinya kosong.',
	'It is longer than 0.': 'Harus lebih lama dari 0.',
	'lbtop.yaml, key check: {why}; it is {example}': 'lbtop.yaml, kunci check: {why}; bentuknya {example}',
	"'expr' is missing": "'expr' tidak ada",
	"'abort' is true or false": "'abort' harus true atau false",
	"unknown key '{key}'": "kunci '{key}' tidak dikenal",
	"unknown key '{key}'; did you mean '{near}'?": "kunci '{key}' tidak dikenal; maksud Anda '{near}'?",
	"unknown key '{key}' in {place}; did you mean '{near}'?":
		"kunci '{key}' di {place} tidak dikenal; maksud Anda '{near}'?",
	"{source}: '{value}' is invalid. {why}": "{source}: '{value}' tidak sah. {why}",
	"'{value}' is invalid. {why}": "'{value}' tidak sah. {why}",
	'The file cannot be read: {why}.': 'Berkas itu tidak bisa dibaca: {why}.',
	'It is one of {words}.': 'Pilihannya {words}.',
	'It is a whole number from {from} to {to}.': 'Harus bilangan bulat dari {from} sampai {to}.',
	'It is a number from 0.1 to 1000, or max.': 'Harus bilangan dari 0.1 sampai 1000, atau max.',
	'It is a duration such as 500ms, 5s or 2m.': 'Harus durasi seperti 500ms, 5s atau 2m.',
	'It is at most 24 days (596h).': 'Paling lama 24 hari (596h).',
	'It is a size such as 500kb, 100mb or 1gb.': 'Harus ukuran seperti 500kb, 100mb atau 1gb.',
	'It is three numbers such as {example}.': 'Harus tiga bilangan seperti {example}.',
	'It is {notation}; up to 1000000.': 'Harus {notation}; sampai 1000000.',
	'It is 0, 5ms, exp:5ms, uniform:2ms:8ms or lognormal:5ms:0.5.':
		'Harus 0, 5ms, exp:5ms, uniform:2ms:8ms atau lognormal:5ms:0.5.',
	'It is none, server, shared or redis://HOST:PORT.': 'Harus none, server, shared atau redis://HOST:PORT.',
	'It is en (English) or id (Bahasa Indonesia).': 'Harus en (Inggris) atau id (Bahasa Indonesia).',
	"It is 1-32 letters, digits, spaces, '.', '_' or '-'.": "Harus 1-32 huruf, angka, spasi, '.', '_' atau '-'.",
	"'\\{code}' is none of \\n, \\r, \\t, \\\\ and \\xNN.": "'\\{code}' bukan \\n, \\r, \\t, \\\\ atau \\xNN.",
	"{kind} is no fault of a server's behaviour.": '{kind} bukan gangguan pada perilaku server.',
	'Examples: {first} or {second}': 'Contoh: {first} atau {second}',
	'command= is empty.': 'command= kosong.',
	'It names neither HOST:PORT nor command=.': 'Tidak menyebut HOST:PORT maupun command=.',
	'It says {key} twice.': '{key} disebut dua kali.',
	'It names both HOST:PORT and command=.': 'Menyebut HOST:PORT sekaligus command=.',
	"name '{name}' is not 1-32 letters, digits, spaces, '.', '_' or '-'.":
		"nama '{name}' bukan 1-32 huruf, angka, spasi, '.', '_' atau '-'.",
	"'{key}' is not one of name, weight, maxconn, command.":
		"'{key}' bukan salah satu dari name, weight, maxconn, command.",
	"'{text}' is not HOST:PORT, such as 127.0.0.1:9001.": "'{text}' bukan HOST:PORT, seperti 127.0.0.1:9001.",
	"weight '{text}' is not a whole number from 0 to {most}.":
		"weight '{text}' bukan bilangan bulat dari 0 sampai {most}.",
	"maxconn '{text}' is not a whole number from 1 to {most}.":
		"maxconn '{text}' bukan bilangan bulat dari 1 sampai {most}.",
	'--depth {depth}: a connection per message carries one message; add --connect persistent, or leave --depth out':
		'--depth {depth}: satu koneksi per pesan hanya membawa satu pesan; tambahkan --connect persistent, atau hilangkan --depth',
	'--depth {depth} with --clients {clients} could have more than {most} messages in flight; take less of one':
		'--depth {depth} dengan --clients {clients} bisa membuat lebih dari {most} pesan di jalan; kurangi salah satunya',
	'--to is missing: where to send. Example: {example}': '--to tidak ada: tujuan kiriman. Contoh: {example}',
	"--message is one line, but {text} holds a line's end":
		'--message harus satu baris, tetapi {text} memuat akhir baris',
	'--servers counts servers of our own, --server names each; give one of the two':
		'--servers menghitung server milik sendiri, --server menyebutnya satu per satu; berikan salah satu',
	"two servers are named '{name}'; give each a name of its own with name=":
		"dua server bernama '{name}'; beri masing-masing nama sendiri dengan name=",
	"two servers are named '{name}'; give each --server its own name=NAME":
		"dua server bernama '{name}'; beri tiap --server name=NAME sendiri",
	'--server names servers, --servers-file a file of them; give one of the two':
		'--server menyebut server, --servers-file sebuah berkas daftar server; berikan salah satu',
	'no --server was given; for example: {example}': 'tidak ada --server; contohnya: {example}',
	'--server {name} has a command: the balancer alone starts no servers; give HOST:PORT':
		'--server {name} punya command: load balancer sendirian tidak menjalankan server; berikan HOST:PORT',
	'--send-proxy needs --mode connection: in message mode one connection to a server carries the messages of many clients':
		'--send-proxy butuh --mode connection: dalam mode message satu koneksi ke server membawa pesan banyak klien',
	'--tls-key was given without --tls-cert; TLS needs both': '--tls-key diberikan tanpa --tls-cert; TLS butuh keduanya',
	'--tls-cert was given without --tls-key; TLS needs both': '--tls-cert diberikan tanpa --tls-key; TLS butuh keduanya',
	'{what}: no free port from {port} on; name one with --port':
		'{what}: tidak ada port bebas mulai dari {port}; sebutkan satu dengan --port',
	'port {port} on {host} is taken; give another with --port, or none to have a free one chosen':
		'port {port} di {host} sudah terpakai; beri yang lain dengan --port, atau tanpa --port agar dipilihkan yang bebas',
	'{option} {file}: cannot be written: {why}; name another file':
		'{option} {file}: tidak bisa ditulisi: {why}; sebutkan berkas lain',
	'settings file {file}: cannot be read: {why}; name another with --config':
		'berkas pengaturan {file}: tidak bisa dibaca: {why}; sebutkan yang lain dengan --config',
	'not a list of KEY: VALUE lines': 'bukan daftar baris KEY: VALUE',
	"no scenario is named '{word}'; did you mean '{near}'? lbtop run --list lists them; a file of yours ends in .yaml":
		"tidak ada skenario bernama '{word}'; maksud Anda '{near}'? lbtop run --list mendaftarnya; berkas Anda sendiri berakhiran .yaml",
	"'{word}' is a command: it comes before its options, as in lbtop {word} --help":
		"'{word}' adalah perintah: letaknya sebelum opsinya, seperti lbtop {word} --help",
	'{file}: cannot be read: {why}; name a file that --events has kept':
		'{file}: tidak bisa dibaca: {why}; sebutkan berkas simpanan --events',
	'scenario {file}: cannot be read: {why}; name another, or see lbtop run --list':
		'skenario {file}: tidak bisa dibaca: {why}; sebutkan yang lain, atau lihat lbtop run --list',
	'a scenario has at most {number} characters': 'sebuah skenario punya paling banyak {number} karakter',
	'not a scenario: it is KEY: VALUE lines such as rate: 200':
		'bukan skenario: isinya baris KEY: VALUE seperti rate: 200',
	'has no value': 'tidak punya nilai',
	'is a plain value, or a list of them': 'harus satu nilai biasa, atau daftarnya',
	'is one value, not a list': 'harus satu nilai, bukan daftar',
	step: 'langkah',
	check: 'cek',
	"this step comes after the end: 'for' is {seconds}s": "langkah ini datang setelah akhir: 'for' adalah {seconds}s",
	"'every' would never end: give 'until' in the step, or 'for' in the scenario":
		"'every' tidak akan pernah berakhir: berikan 'until' di langkah itu, atau 'for' di skenario",
	"ctl: it is '{usage}'": "ctl: bentuknya '{usage}'",
	'ctl: {why}; it is one of {commands}': 'ctl: {why}; pilihannya {commands}',
	'ctl: no lab of yours is running; start one with lbtop, or name its socket with --socket':
		'ctl: tidak ada lab Anda yang sedang berjalan; mulai dengan lbtop, atau sebutkan soketnya dengan --socket',
	'reset: there is no terminal here; run it in the one that is to be put right':
		'reset: tidak ada terminal di sini; jalankan di terminal yang hendak dibetulkan',
	"reset: stty sane did not work ({why}); the screen's modes are right, type: stty sane ixon":
		'reset: stty sane tidak berhasil ({why}); mode layar sudah betul, ketik: stty sane ixon',
	"replay: it is '{usage}'": "replay: bentuknya '{usage}'",
	'not a file of events; lbtop run --events FILE makes one':
		'bukan berkas peristiwa; lbtop run --events FILE membuatnya',
	'log-audit: it is a part of a lab; for a log there is lbtop verify':
		'log-audit: ini bagian dari sebuah lab; untuk log ada lbtop verify',
	'{name} failed: {why}': '{name} gagal: {why}',
	'crashed as asked: {why}': 'mogok seperti diminta: {why}',
} as const;
